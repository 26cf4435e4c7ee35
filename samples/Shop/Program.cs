using Drip.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shop;

// A worker with five backfills and a producer over a small shop. Without arguments it makes shop.db and runs add-role.
var builder = DripApp.CreateBuilder(args);
builder.UseSqlite($"Data Source={ShopDatabase.FileName}");
builder.AddJobs();
builder.AddCommand(SeedCommand.Create());

#if !WITHOUT_PRODUCERS
// What the producer asks: slow on purpose, and without an answer where Market:FailFor says so (environment: Market__FailFor).
builder.Services.AddSingleton(services => MarketRates.From(services.GetRequiredService<IConfiguration>()));
#endif
builder.DefaultCommand("run", "add-role");

// Only the sample's own file is made on the way; a database that the configuration names must be there.
if (builder.Configuration["ConnectionStrings:Default"] is null) builder.BeforeRun(_ => SeedCommand.SeedIfMissingAsync());

return await builder.Build().RunAsync();

using Drip.Hosting;

// The Shop's worker on PostgreSQL: start as many as you like. docs/scale-out.md goes through it step by step.
var builder = DripApp.CreateBuilder(args);
builder.UsePostgres("Host=127.0.0.1;Database=shop;Username=shop");
builder.AddJobs();

return await builder.Build().RunAsync();

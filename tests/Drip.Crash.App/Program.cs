using Drip.Hosting;

// A worker over items.db that tests make and kill. Each job raises the revision of every item by one and adds an effect for it,
// so that a row that was lost or repeated shows.
var builder = DripApp.CreateBuilder(args);
builder.UseSqlite("Data Source=items.db");
builder.AddJobs();
return await builder.Build().RunAsync();

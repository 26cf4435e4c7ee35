using Drip.Hosting;

// A worker over items that tests make and kill: in items.db, or where the environment says. Each job raises the revision of every
// item by one and adds an effect for it, so that a row that was lost or repeated shows.
var builder = DripApp.CreateBuilder(args);
var server = Environment.GetEnvironmentVariable("CRASH_POSTGRES") ?? "";
switch (Environment.GetEnvironmentVariable("CRASH_SITE"))
{
    case "Postgres":
        builder.UsePostgres(server);
        break;
    case "RowsInSqlite":
        builder.UseSqlite("Data Source=items.db").UsePostgres(server, "store").StoreIn("store");
        break;
    case "RowsInPostgres":
        builder.UsePostgres(server).UseSqlite("Data Source=store.db", "store").StoreIn("store");
        break;
    default:
        builder.UseSqlite("Data Source=items.db");
        break;
}

builder.AddJobs();
return await builder.Build().RunAsync();

using System.Diagnostics;
namespace Drip.Benchmarks.Postgres.Servers;
internal static class CpuMeter
{
    public static string Folder = "";
    public static (double Server, double Client) Now()
    {
        var pm = File.ReadLines(Path.Combine(Folder, "data", "postmaster.pid")).First();
        double s = 0;
        foreach (var d in Directory.GetDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(d), out _)) continue;
            try
            {
                var t = File.ReadAllText(d + "/stat"); var f = t[(t.LastIndexOf(')') + 2)..].Split(' ');
                if (Path.GetFileName(d) == pm) s += double.Parse(f[13]) + double.Parse(f[14]);
                else if (f[1] == pm) s += double.Parse(f[11]) + double.Parse(f[12]);
            }
            catch (IOException) { }
        }
        return (s / 100, Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds);
    }
    public static void Show(string name, (double Server, double Client) before, double elapsed, long n)
    {
        Thread.Sleep(50);
        var now = Now();
        Console.WriteLine($"   {name,-50} {elapsed:0.000} s; server {(now.Server - before.Server) / n * 1e6:0.0} us, client {(now.Client - before.Client) / n * 1e6:0.0} us each of {n}");
    }
}

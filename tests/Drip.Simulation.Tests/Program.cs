using Drip.Simulation;

return args is ["seeds", ..] ? LongRun.Run(args.AsSpan(1)) : Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args).GetAwaiter().GetResult();

using Orchestrator.Benchmarks.Graphs;

new GraphFiles(new GeneratedGraph(int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture)), args[1]).Write();
return 0;

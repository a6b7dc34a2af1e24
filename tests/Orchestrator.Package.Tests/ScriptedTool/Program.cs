using System.Globalization;

// The scripted peer of the line protocol. Beside it lie `script.txt`, whose lines it prints, and `calls/`, where each call leaves its arguments.
// `!stderr TEXT` prints to standard error, `!exit N` ends with that code, `!hang` notes the process id in `pid.txt` and waits to be killed, `!await FILE` waits
// until somebody else has written that file, for half a minute at most.
var home = AppContext.BaseDirectory;
var responseFile = args.Single(argument => argument.StartsWith('@'))[1..];
var calls = Directory.CreateDirectory(Path.Combine(home, "calls"));
await File.WriteAllTextAsync(Path.Combine(calls.FullName, Guid.NewGuid().ToString("N")), await File.ReadAllTextAsync(responseFile));

foreach (var line in await File.ReadAllLinesAsync(Path.Combine(home, "script.txt")))
{
    var words = line.Split(' ', 2);
    switch (words[0])
    {
        case "!exit":
            return int.Parse(words[1], CultureInfo.InvariantCulture);
        case "!stderr":
            await Console.Error.WriteLineAsync(words[1]);
            break;
        case "!hang":
            await File.WriteAllTextAsync(Path.Combine(home, "pid.txt"), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            await Task.Delay(Timeout.Infinite);
            break;
        case "!await":
            for (var attempt = 0; !File.Exists(words[1]); attempt++)
            {
                if (attempt == 300)
                {
                    return 1;
                }

                await Task.Delay(100);
            }

            break;
        default:
            Console.WriteLine(line);
            break;
    }
}

return 0;

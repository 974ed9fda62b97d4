using Fal.KlingVideo;

Console.WriteLine(Duration5Or10.Duration5);

// Native AOT: the request comes in as JSON and the result goes out as JSON, both without reflection.
using Fal;
using Fal.KlingVideo;

if (args is not [var requestFile, var resultFile])
{
    Console.Error.WriteLine("usage: NativeApp <request.json> <result.json>");
    return 1;
}
using var fal = new FalClient();
try
{
    var request = FalJson.Read<TextToVideoV26ProRequest>(await File.ReadAllBytesAsync(requestFile));
    var result = await fal.KlingVideo().V2_6.Pro.TextToVideo.RunAsync(request);
    await File.WriteAllTextAsync(resultFile, FalJson.Write(result));
    Console.WriteLine(result.Video.Url);
    return 0;
}
catch (FalException ex)
{
    Console.Error.WriteLine(ex.Message);
    return 2;
}

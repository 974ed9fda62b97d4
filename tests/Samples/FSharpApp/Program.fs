module Program

open System
open Fal
open Fal.KlingVideo
open FSharpClips

// The request is checked before it is sent: a problem names the property, as in C#.
let make (fal: FalClient) (prompt: string) (path: string) =
    task {
        let clips = Clips.TextToVideo fal
        let request = TextToVideoV26ProRequest(Prompt = prompt, GenerateAudio = Nullable false)
        let! result = clips.RunAsync request
        return! result.Video.SaveAsync path
    }

[<EntryPoint>]
let main args =
    use fal = new FalClient()

    try
        let path = (make fal args[0] args[1]).GetAwaiter().GetResult()
        printfn "%s" path
        0
    with :? FalInvalidRequestException as ex ->
        for problem in ex.Problems do
            eprintfn "%s: %s" problem.Property problem.Message

        1

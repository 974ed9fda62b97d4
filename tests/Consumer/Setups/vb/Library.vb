Public Module Speech
    Public Function Endpoint(fal As Global.Fal.FalClient) As Object
        Return fal.Endpoint("fal-ai/kling-video/v1/tts")
    End Function
End Module

namespace Library

module Speech =
    let endpoint (fal: Fal.FalClient) = fal.Endpoint("fal-ai/kling-video/v1/tts")

// fal's own client in a page of the app: a large upload and a job, all through the proxy. The page tells the test what came of it.
import { fal } from "@fal-ai/client";

const megabytes = Number(new URLSearchParams(location.search).get("megabytes"));

async function run() {
  fal.config({ proxyUrl: "/api/fal/proxy" });
  const image = new File([new Uint8Array(megabytes * 1024 * 1024)], "car.png", { type: "image/png" });
  const updates = [];
  const { data, requestId } = await fal.subscribe("fal-ai/kling-video/v1.6/pro/image-to-video", {
    input: { prompt: "Snow falls while a car drives off.", image_url: image },
    pollInterval: 50,
    logs: true,
    onQueueUpdate: (update) => updates.push(update.status),
  });
  return { url: data.video.url, requestId, states: [...new Set(updates)] };
}

const report = (result) => fetch("/report", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(result) });
run().then(report, (error) => report({ error: `${error}`, body: error.body }));

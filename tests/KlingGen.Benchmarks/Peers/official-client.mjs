// Submit, status and result with fal's own client, so many jobs side by side: prints jobs per second, µs of processor time of a job, and the
// peak of resident memory in MiB.
// Read from standard input by node, which finds the client below its working directory.
import { createFalClient } from "@fal-ai/client";

const [root, warmUpJobs, jobs, parallel, endpoint, input] = process.argv.slice(2);
const toLoopback = (url) => {
  const { pathname, search } = new URL(url);
  return root + pathname + search;
};
const fal = createFalClient({ credentials: "benchmark-id:benchmark-secret", fetch: (url, init) => fetch(toLoopback(url), init) });

async function run(count) {
  let left = count;
  const work = async () => {
    while (left-- > 0) {
      const { request_id: requestId } = await fal.queue.submit(endpoint, { input: JSON.parse(input) });
      await fal.queue.status(endpoint, { requestId });
      const { data } = await fal.queue.result(endpoint, { requestId });
      if (!data.video.url) throw new Error("The result has no video.");
    }
  };
  await Promise.all(Array.from({ length: Number(parallel) }, work));
}

await run(Number(warmUpJobs));
const processor = process.cpuUsage();
const started = performance.now();
await run(Number(jobs));
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(processor);
console.log(`${Number(jobs) / seconds} ${(user + system) / Number(jobs)} ${process.resourceUsage().maxRSS / 1024}`);

// What a test can ask of fal's client, by name. Each is one call of its public surface; tell passes on what its callbacks hear, as they hear it.

export const calls = {
  submit: (fal, { endpoint, options }) => fal.queue.submit(endpoint, options),
  status: (fal, { endpoint, options }) => fal.queue.status(endpoint, options),
  streamStatus: async (fal, { endpoint, options }, tell) => lastOf(await fal.queue.streamStatus(endpoint, options), tell),
  result: (fal, { endpoint, options }) => fal.queue.result(endpoint, options),
  cancel: (fal, { endpoint, options }) => fal.queue.cancel(endpoint, options),
  subscribe: (fal, { endpoint, options }, tell) => fal.subscribe(endpoint, { ...options, onQueueUpdate: tell }),
  run: (fal, { endpoint, options }) => fal.run(endpoint, options),
  stream: async (fal, { endpoint, options }, tell) => lastOf(await fal.stream(endpoint, options), tell),
  upload: (fal, { file, options }) => fal.storage.upload(file, options),
};

async function lastOf(stream, tell) {
  stream.on("data", tell);
  return { last: await stream.done(), requestId: stream.requestId };
}

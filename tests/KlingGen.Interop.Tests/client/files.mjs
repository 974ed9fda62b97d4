// Files that a test describes instead of sending them through a pipe: size bytes that repeat 0 to 250.

const period = 251;

export function fileOf({ name, type, size }) {
  const bytes = new Uint8Array(size);
  for (let i = 0; i < Math.min(size, period); i++) bytes[i] = i;
  for (let filled = period; filled < size; filled *= 2) bytes.copyWithin(filled, 0, Math.min(filled, size - filled));
  return name ? new File([bytes], name, { type }) : new Blob([bytes], { type });
}

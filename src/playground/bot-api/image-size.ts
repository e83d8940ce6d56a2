/** Width and height in pixels of a PNG or JPEG, read from its header; undefined when it is neither. */
export function imageSize(bytes: Uint8Array): { width: number; height: number } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return isPng(bytes) ? pngSize(view) : isJpeg(bytes) ? jpegSize(view) : undefined
}

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

function isPng(bytes: Uint8Array): boolean {
  return bytes.length >= 24 && pngSignature.every((byte, at) => bytes[at] === byte)
}

function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff
}

/** The first chunk, IHDR, begins with both sides as 32-bit numbers. */
function pngSize(view: DataView) {
  return { width: view.getUint32(16), height: view.getUint32(20) }
}

/** Walks the segments to the frame header (SOF0–SOF15 without DHT, JPG and DAC). */
function jpegSize(view: DataView): { width: number; height: number } | undefined {
  let at = 2
  while (at + 9 < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return undefined
    const marker = view.getUint8(at + 1)
    if (isFrameHeader(marker)) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    at += 2 + view.getUint16(at + 2)
  }
  return undefined
}

function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
}

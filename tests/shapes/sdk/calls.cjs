// The calls whose bodies are the samples in fixtures/shapes/sdk, in the order in which they are sent.
const fs = require("node:fs");
const { OpenAI, toFile } = require("openai");

const images = "fixtures/images/";
const client = new OpenAI({ apiKey: "none", baseURL: process.argv[2], maxRetries: 0 });

async function main() {
  await client.images.generate({
    model: "gpt-image-2", prompt: "A red fox in snow", size: "1024x1536", quality: "high", n: 2,
    output_format: "webp", background: "opaque",
  });
  await client.images.edit({
    model: "gpt-image-2", prompt: "Add a hat", image: fs.createReadStream(images + "1024x1024.png"),
    size: "1024x1024", quality: "medium",
  });
  await client.images.edit({
    model: "gpt-image-2", prompt: "Join them — «schön»",
    image: [
      fs.createReadStream(images + "1024x1024.png"),
      await toFile(fs.createReadStream(images + "1024x1536.jpg"), "photo.jpg", { type: "image/jpeg" }),
    ],
    mask: fs.createReadStream(images + "1024x1024.png"),
    size: "1536x1024", quality: "high", n: 2, output_format: "jpeg", output_compression: 80,
  });
  await client.responses.create({
    model: "gpt-6-luna", input: "Draw a red fox",
    tools: [{ type: "image_generation", model: "gpt-image-2", size: "1024x1024", quality: "low", partial_images: 2 }],
  });
}

main();

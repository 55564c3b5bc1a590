"""The calls whose bodies are the samples in fixtures/shapes/sdk, in the order in which they are sent."""

import sys

import openai

IMAGES = "fixtures/images/"
client = openai.OpenAI(api_key="none", base_url=sys.argv[1], max_retries=0)

client.images.generate(
    model="gpt-image-2", prompt="A red fox in snow", size="1024x1536", quality="high", n=2,
    output_format="webp", background="opaque",
)
client.images.edit(
    model="gpt-image-2", prompt="Add a hat", image=open(IMAGES + "1024x1024.png", "rb"),
    size="1024x1024", quality="medium",
)
client.images.edit(
    model="gpt-image-2", prompt="Join them — «schön»",
    image=[open(IMAGES + "1024x1024.png", "rb"), open(IMAGES + "1024x1536.jpg", "rb")],
    mask=open(IMAGES + "1024x1024.png", "rb"),
    size="1536x1024", quality="high", n=2, output_format="jpeg", output_compression=80,
)
client.responses.create(
    model="gpt-6-luna", input="Draw a red fox",
    tools=[{"type": "image_generation", "model": "gpt-image-2", "size": "1024x1024", "quality": "low", "partial_images": 2}],
)

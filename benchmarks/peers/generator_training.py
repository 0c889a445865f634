"""Trains the generator of learning/generator in PyTorch: what the same shape costs without Java.

The same layers (T5 1.1 with an exact GELU, the prompt's vector in front, one output matrix per level), the same batches of
random prompts, dropout, gradients cut to length 1, a fused AdamW. One JSON line per measurement:

    python generator_training.py DEVICE SHAPE BATCH WARMUP STEPS PRECISION     float32, tf32 or bfloat16
"""

import json
import math
import sys
import time

import torch
from torch import nn
from torch.nn import functional

SHAPES = {  # vocabulary, vector dimensions, model dimensions, layers, heads, feed-forward dimensions
    "tiny": (1_000, 16, 32, 1, 2, 64),
    "default": (8_000, 128, 128, 2, 4, 256),
    "base": (32_128, 128, 768, 12, 12, 2_048),
}
TOKENS, LEVELS, WIDTH, IDS, DROPOUT = 64, 2, 256, 3_000, 0.1
BUCKETS, FAR = 32, 128


class Norm(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(size))

    def forward(self, x):
        return functional.rms_norm(x, self.weight.shape, self.weight, 1e-6)


def buckets(length, both, device):
    distance = torch.arange(length, device=device)[None, :] - torch.arange(length, device=device)[:, None]
    count = BUCKETS // 2 if both else BUCKETS
    start = (distance > 0).long() * count if both else 0
    far = distance.abs() if both else (-distance).clamp(min=0)
    exact = count // 2
    log = exact + (torch.log(far.clamp(min=1).float() / exact) / math.log(FAR / exact) * (count - exact)).long()
    return start + torch.where(far < exact, far, log.clamp(max=count - 1))


class Attention(nn.Module):
    def __init__(self, size, heads):
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v, self.o = (nn.Linear(size, size, bias=False) for _ in range(4))
        nn.init.normal_(self.q.weight, std=size**-0.5 * (size // heads) ** -0.5)
        for other in (self.k, self.v, self.o):
            nn.init.normal_(other.weight, std=size**-0.5)

    def split(self, x):
        return x.view(x.shape[0], x.shape[1], self.heads, -1).transpose(1, 2)

    def forward(self, x, memory, bias):
        attended = functional.scaled_dot_product_attention(
            self.split(self.q(x)), self.split(self.k(memory)), self.split(self.v(memory)), bias, scale=1.0
        )
        return self.o(attended.transpose(1, 2).reshape(x.shape))


class Layer(nn.Module):
    def __init__(self, size, heads, inner, decodes):
        super().__init__()
        self.attend = Attention(size, heads)
        self.cross = Attention(size, heads) if decodes else None
        self.norms = nn.ModuleList(Norm(size) for _ in range(3 if decodes else 2))
        self.gate, self.up = nn.Linear(size, inner, bias=False), nn.Linear(size, inner, bias=False)
        self.down = nn.Linear(inner, size, bias=False)
        for part, width in ((self.gate, size), (self.up, size), (self.down, inner)):
            nn.init.normal_(part.weight, std=width**-0.5)

    def forward(self, x, bias, memory, mask, drop):
        normed = self.norms[0](x)
        x = x + drop(self.attend(normed, normed, bias))
        if self.cross is not None:
            x = x + drop(self.cross(self.norms[1](x), memory, mask))
        normed = self.norms[-1](x)
        return x + drop(self.down(functional.gelu(self.gate(normed)) * self.up(normed)))


class Stack(nn.Module):
    def __init__(self, size, layers, heads, inner, decodes):
        super().__init__()
        self.decodes = decodes
        self.positions = nn.Embedding(BUCKETS, heads)
        nn.init.normal_(self.positions.weight, std=size**-0.5)
        self.layers = nn.ModuleList(Layer(size, heads, inner, decodes) for _ in range(layers))
        self.norm = Norm(size)

    def forward(self, x, mask, memory, drop):
        length = x.shape[1]
        bias = self.positions(buckets(length, not self.decodes, x.device)).permute(2, 0, 1)[None]
        if self.decodes:
            bias = bias + torch.full((length, length), -1e9, device=x.device).triu(1)
        else:
            bias = bias + mask
        bias = bias.to(x.dtype)
        hidden = drop(x)
        for layer in self.layers:
            hidden = layer(hidden, bias, memory, mask.to(x.dtype), drop)
        return drop(self.norm(hidden))


class Generator(nn.Module):
    def __init__(self, vocabulary, vector, size, layers, heads, inner):
        super().__init__()
        self.tokens = nn.Embedding(vocabulary, size)
        self.vector = nn.Linear(vector, size, bias=False)
        self.start = nn.Parameter(torch.randn(1, 1, size))
        self.encoder = Stack(size, layers, heads, inner, False)
        self.decoder = Stack(size, layers, heads, inner, True)
        self.heads = nn.Parameter(torch.randn(LEVELS, size, WIDTH) * size**-0.5)
        self.centroids = nn.Parameter(torch.zeros(LEVELS, vector, WIDTH))
        self.first_code = vocabulary - LEVELS * WIDTH
        self.dropout = nn.Dropout(DROPOUT)

    def loss(self, tokens, vectors, codes, allowed):
        prompt = torch.cat((self.vector(vectors)[:, None], self.tokens(tokens)), 1)
        mask = torch.zeros(tokens.shape[0], 1, 1, prompt.shape[1], device=tokens.device)
        memory = self.encoder(prompt, mask, None, self.dropout)
        start = self.start.expand(tokens.shape[0], -1, -1)
        written = torch.cat((start, self.tokens(codes[:, :-1] + self.first_code)), 1)
        hidden = self.decoder(written, mask, memory, self.dropout).transpose(0, 1)  # levels, examples, model dimensions
        logits = hidden @ self.heads + vectors[None] @ self.centroids + allowed
        flat = logits.float().reshape(-1, WIDTH)
        return functional.cross_entropy(flat, codes.t().reshape(-1)) * LEVELS


def batches(vocabulary, vector, batch, device):
    generator = torch.Generator().manual_seed(1)
    ids = torch.randint(WIDTH, (IDS, LEVELS), generator=generator)
    first, second = torch.full((WIDTH,), -1e9), torch.full((WIDTH, WIDTH), -1e9)
    first[ids[:, 0]] = 0
    second[ids[:, 0], ids[:, 1]] = 0
    while True:
        tokens = torch.randint(vocabulary - LEVELS * WIDTH, (batch, TOKENS), generator=generator)
        vectors = functional.normalize(torch.rand(batch, vector, generator=generator) - 0.5, dim=1)
        codes = ids[torch.randint(IDS, (batch,), generator=generator)]
        allowed = torch.stack((first.expand(batch, -1), second[codes[:, 0]]))
        yield tuple(part.to(device) for part in (tokens, vectors, codes, allowed))


def measure(device, shape, batch, warmup, steps, precision):
    torch.manual_seed(1)
    torch.backends.cuda.matmul.allow_tf32 = precision == "tf32"
    model = Generator(*SHAPES[shape]).to(device)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, betas=(0.9, 0.98), weight_decay=0.01, fused=device == "cuda")
    source = batches(SHAPES[shape][0], SHAPES[shape][1], batch, device)
    begun = time.perf_counter()
    value = math.nan
    for step in range(warmup + steps):
        if step == warmup:
            begun = time.perf_counter()
        with torch.autocast(device, torch.bfloat16, enabled=precision == "bfloat16"):
            loss = model.loss(*next(source))
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        value = loss.item()  # as ours, which records each step's loss
    seconds = time.perf_counter() - begun
    card = torch.cuda.get_device_name() if device == "cuda" else ""
    print(
        json.dumps(
            {
                "what": "speed",
                "who": "pytorch " + torch.__version__,
                "device": device,
                "card": card,
                "precision": precision,
                "shape": shape,
                "batch": batch,
                "tokens": TOKENS,
                "steps": steps,
                "seconds": round(seconds, 3),
                "examples_per_second": round(batch * steps / seconds, 1),
                "loss": round(value, 4),
            }
        ),
        flush=True,
    )


if __name__ == "__main__":
    device, shape, batch, warmup, steps, precision = sys.argv[1:]
    measure(device, shape, int(batch), int(warmup), int(steps), precision)

"""The work of io.sidestream.benchmarks.serving.GeneratorServing in Hugging Face transformers.

Reads the weights, IDs, prompts and answers that the Java driver wrote to a directory, builds the
same T5, and prints one JSON object a line. Same: weights, prompts, vector as first position, IDs,
beams, two new tokens, probabilities normalized over the codes that exist. Different: the output
layer of the peer scores its whole vocabulary, as T5 does; ours scores the codes of one level. The
centroid logits of ours are 0 in this work, so the peer leaves them out.
"""

import argparse
import json
import statistics
import time

import torch
from safetensors import safe_open
from transformers import LogitsProcessor, LogitsProcessorList, T5Config, T5ForConditionalGeneration


class Trie(LogitsProcessor):
    """Masks what no ID begins with, by a table on the device; the fastest way known to us."""

    def __init__(self, ids, first_tokens, width, vocabulary, device):
        second = torch.zeros(width, width, dtype=torch.bool)
        second[ids[:, 0], ids[:, 1]] = True
        self.first = second.any(1).to(device)
        self.second = second.to(device)
        self.first_tokens = first_tokens
        self.width = width

    def __call__(self, input_ids, scores):
        masked = torch.full_like(scores, float("-inf"))
        if input_ids.shape[1] == 1:
            at = self.first_tokens[0]
            allowed = self.first.expand(scores.shape[0], -1)
        else:
            at = self.first_tokens[1]
            code = (input_ids[:, -1] - self.first_tokens[0]).clamp(0, self.width - 1)
            allowed = self.second[code]
        own = slice(at, at + self.width)
        masked[:, own] = torch.where(allowed, scores[:, own], masked[:, own])
        return masked


def model_of(directory, device, dtype):
    with safe_open(f"{directory}/work.safetensors", "pt") as file:
        heads = int(file.metadata()["heads"])
        work = {name: file.get_tensor(name) for name in file.keys()}
    with safe_open(f"{directory}/weights.safetensors", "pt") as file:
        weights = {name: file.get_tensor(name) for name in file.keys()}
    vocabulary, model = weights["shared.weight"].shape
    layers = 1 + max(int(name.split(".")[2]) for name in weights if name.startswith("encoder.block"))
    levels, _, width = weights["lm_heads.weight"].shape
    start, end = vocabulary, vocabulary + 1
    config = T5Config(
        vocab_size=vocabulary + 2,
        d_model=model,
        d_kv=model // heads,
        d_ff=weights["encoder.block.0.layer.1.DenseReluDense.wo.weight"].shape[0],
        num_layers=layers,
        num_decoder_layers=layers,
        num_heads=heads,
        dropout_rate=0.0,
        feed_forward_proj="gated-gelu",
        tie_word_embeddings=False,
        decoder_start_token_id=start,
        pad_token_id=end,
        eos_token_id=None,
    )
    config.dense_act_fn = "gelu"
    config.tie_word_embeddings = False
    peer = T5ForConditionalGeneration(config)
    shared = torch.cat([weights["shared.weight"], weights["start.weight"], torch.zeros(1, model)])
    output = torch.zeros(vocabulary + 2, model)
    first_tokens = [vocabulary - (levels - level) * width for level in range(levels)]
    for level, at in enumerate(first_tokens):
        output[at : at + width] = weights["lm_heads.weight"][level].T
    state = {
        "shared.weight": shared,
        "encoder.embed_tokens.weight": shared,
        "decoder.embed_tokens.weight": shared,
        "lm_head.weight": output,
    }
    for name in peer.state_dict():
        if name not in state:
            weight = weights[name]
            linear = "Attention." in name and "bias" not in name or "DenseReluDense" in name
            state[name] = weight.T.contiguous() if linear else weight
    peer.load_state_dict(state)
    peer = peer.to(device=device, dtype=dtype).eval()
    peer.generation_config.eos_token_id = None
    vector_weight = weights["prompt_vector.weight"].to(device=device, dtype=dtype)
    return peer, work, vector_weight, first_tokens, width


class Peer:
    def __init__(self, directory, device, dtype):
        self.device = device
        self.dtype = dtype
        self.model, work, self.vector_weight, self.first_tokens, width = model_of(
            directory, device, dtype
        )
        ids = work["ids"].long()
        self.tokens = work["tokens"].long()
        self.vectors = work["vectors"]
        self.trie = Trie(ids, self.first_tokens, width, self.model.config.vocab_size, device)
        self.children = {}
        for first, second in ids.tolist():
            self.children.setdefault(first, set()).add(self.first_tokens[1] + second)
        self.children = {first: sorted(second) for first, second in self.children.items()}
        self.roots = [self.first_tokens[0] + first for first in sorted(self.children)]

    def allowed(self, _, written):
        if len(written) == 1:
            return self.roots
        return self.children.get(int(written[-1]) - self.first_tokens[0], [])

    @torch.inference_mode()
    def generate(self, first, prompts, tokens, beams, constraint, **more):
        rows = [(first + i) % len(self.tokens) for i in range(prompts)]
        given = self.tokens[rows, :tokens].to(self.device)
        vectors = self.vectors[rows].to(device=self.device, dtype=self.dtype)
        embedded = torch.cat(
            [(vectors @ self.vector_weight).unsqueeze(1), self.model.shared(given)], 1
        )
        options = {}
        if constraint == "table":
            options["logits_processor"] = LogitsProcessorList([self.trie])
            options["renormalize_logits"] = True
        elif constraint == "prefix_allowed_tokens_fn":
            options["prefix_allowed_tokens_fn"] = self.allowed
            options["renormalize_logits"] = True
        answer = self.model.generate(
            inputs_embeds=embedded,
            attention_mask=torch.ones(embedded.shape[:2], dtype=torch.long, device=self.device),
            num_beams=beams,
            num_return_sequences=beams,
            max_new_tokens=2,
            do_sample=False,
            length_penalty=0.0,
            early_stopping=False,
            **options,
            **more,
        )
        if not more:
            return answer.cpu()
        return answer


def compare(peer, directory):
    """Ranks of ours against those of the peer, prompt by prompt."""
    with safe_open(f"{directory}/answers.safetensors", "pt") as file:
        tokens = int(file.metadata()["tokens"])
        codes = file.get_tensor("codes").long()
        logs = file.get_tensor("log_probabilities")
    prompts, beams = logs.shape
    answer = peer.generate(
        0,
        prompts,
        tokens,
        beams,
        "table",
        return_dict_in_generate=True,
        output_scores=True,
    )
    written = answer.sequences[:, 1:3].cpu() - torch.tensor(peer.first_tokens[:2])
    written = written.reshape(prompts, beams, 2)
    scores = answer.sequences_scores.float().cpu().reshape(prompts, beams)
    order = (written == codes).all(2).all(1).sum().item()
    sets = sum(
        set(map(tuple, written[i].tolist())) == set(map(tuple, codes[i].tolist()))
        for i in range(prompts)
    )
    return {
        "prompts": prompts,
        "equal_order": order,
        "equal_sets": sets,
        "largest_difference_of_log_probabilities": (scores - logs).abs().max().item(),
    }


def measure(peer, seconds, prompts, tokens, beams, constraint):
    def call(at):
        begin = time.perf_counter()
        peer.generate(at * prompts, prompts, tokens, beams, constraint)
        return time.perf_counter() - begin

    begin = time.perf_counter()
    call(0)
    call(1)
    if time.perf_counter() - begin > 4 * seconds:
        times = [call(2)]
    else:
        times = []
        begin = time.perf_counter()
        while len(times) < 3 or time.perf_counter() - begin < seconds:
            times.append(call(len(times)))
    ordered = sorted(times)
    return {
        "p50_ms": 1e3 * statistics.median(ordered),
        "p99_ms": 1e3 * ordered[max(0, -(-99 * len(ordered) // 100) - 1)],
        "requests_per_second": prompts * len(times) / sum(times),
        "calls": len(times),
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--directory", required=True)
    parser.add_argument("--shape", default="")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--types", default="float32,bfloat16")
    parser.add_argument("--prompts", default="1,8,32,64")
    parser.add_argument("--beams", default="60,10")
    parser.add_argument("--tokens", default="32,128")
    parser.add_argument("--seconds", type=float, default=0.5)
    parser.add_argument("--limit", type=float, default=60, help="no new measurement after so long")
    options = parser.parse_args()
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    begin = time.perf_counter()

    def show(what, type, result):
        head = {"what": what, "peer": "transformers", "shape": options.shape}
        print(json.dumps({**head, "device": options.device, "type": type, **result}), flush=True)

    numbers = {
        name: [int(n) for n in getattr(options, name).split(",")]
        for name in ("prompts", "beams", "tokens")
    }
    peers = {}
    for type in options.types.split(","):
        start = time.perf_counter()
        peers[type] = Peer(options.directory, options.device, getattr(torch, type))
        show("open", type, {"ms": 1e3 * (time.perf_counter() - start)})
        try:
            show("parity", type, compare(peers[type], options.directory))
        except Exception as e:
            show("parity", type, {"failed": repr(e)[:400]})
    # What matters most comes first: the limit cuts the rest.
    first, rest = numbers["tokens"][0], numbers["tokens"][1:]
    most, fewer = numbers["beams"][0], numbers["beams"][1:]
    plan = [(first, most, c) for c in ("table", "prefix_allowed_tokens_fn", "none")]
    plan += [(tokens, most, "table") for tokens in rest]
    plan += [(first, beams, "table") for beams in fewer]
    plan += [(tokens, beams, "table") for tokens in rest for beams in fewer]
    for tokens, beams, constraint in plan:
        for type, peer in peers.items():
            for prompts in numbers["prompts"]:
                if time.perf_counter() - begin > options.limit:
                    show("stopped", type, {"after_seconds": options.limit})
                    return
                case = {
                    "tokens": tokens,
                    "beams": beams,
                    "prompts": prompts,
                    "constraint": constraint,
                }
                try:
                    result = measure(peer, options.seconds, prompts, tokens, beams, constraint)
                except Exception as e:
                    result = {"failed": repr(e)[:400]}
                show("serving", type, {**case, **result})


if __name__ == "__main__":
    main()

"""Generates golden/huggingface/served: see README.md.

Tiny models as users have them, made from the folders that make_golden.py wrote, and what transformers makes of them: log-probabilities
of all IDs for a generator that is served, hidden states pooled by every supported module for an encoder. Reads the golden folder alone.
"""

import argparse
import json
import platform
import shutil
from pathlib import Path

import safetensors.torch
import torch
import transformers
from transformers import AutoModel, T5ForConditionalGeneration

LEVELS, WIDTH = 2, 12
PROMPTS = [[17, 30, 44, 9, 1], [21, 5, 1], [12, 40, 22, 8, 33, 6, 19, 1]]
TEXTS = [[0, 9, 12, 33, 2], [0, 17, 2], [0, 21, 8, 8, 14, 40, 2]]


def write_json(path, value):
    path.write_text(json.dumps(value, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")


def copied(source, target):
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
    for name in ("expected.json", "expected.safetensors"):
        (target / name).unlink(missing_ok=True)
    return target


def change_config(folder, **changes):
    path = folder / "config.json"
    write_json(path, {**json.loads(path.read_text()), **changes})


def change_weights(folder, change):
    path = folder / "model.safetensors"
    weights = safetensors.torch.load_file(path)
    change(weights)
    safetensors.torch.save_file(weights, path, metadata={"format": "pt"})


def equal_rows(weights):
    """Two codes of the second level that no model can tell apart."""
    for name in ("shared.weight", "lm_head.weight"):
        weights[name][-WIDTH + 1] = weights[name][-WIDTH]


def resaved(source, target):
    """What from_pretrained and save_pretrained of version 5 make of a folder."""
    copied(source, target)
    T5ForConditionalGeneration.from_pretrained(source).save_pretrained(target)
    (target / "generation_config.json").unlink(missing_ok=True)


def ids(first):
    ids = [(a, b) for a in range(WIDTH) for b in range(WIDTH) if (7 * a + 3 * b) % 5 < 3]
    return ids, [[first + a, first + WIDTH + b] for a, b in ids]


@torch.no_grad()
def generator(folder):
    model = T5ForConditionalGeneration.from_pretrained(folder).eval()
    first = model.config.vocab_size - LEVELS * WIDTH
    codes, tokens = ids(first)
    results = []
    for prompt in PROMPTS:
        repeated = torch.tensor([prompt] * len(tokens))
        starts = [[model.config.decoder_start_token_id, a] for a, _ in tokens]
        logits = model(input_ids=repeated, decoder_input_ids=torch.tensor(starts)).logits.double()
        whole = torch.log_softmax(logits, -1)
        vocabulary, trie = [], []
        for row, (a, b) in enumerate(tokens):
            begins = sorted({x for x, _ in tokens})
            follows = [y for x, y in tokens if x == a]
            vocabulary.append(float(whole[row, 0, a] + whole[row, 1, b]))
            trie.append(
                float(
                    whole[row, 0, a]
                    - torch.logsumexp(whole[row, 0, begins], 0)
                    + whole[row, 1, b]
                    - torch.logsumexp(whole[row, 1, follows], 0)
                )
            )
        results.append(dict(prompt=prompt, vocabulary=vocabulary, trie=trie))
    return dict(levels=LEVELS, width=WIDTH, codes=codes, prompts=results)


def pooled(states, mode):
    """One text's hidden states (S, E), as the Pooling of sentence-transformers has them."""
    if mode == "cls_token":
        return states[0]
    if mode == "max_tokens":
        return states.max(0).values
    length = states.shape[0]
    return states.sum(0) / (length if mode == "mean_tokens" else length**0.5)


@torch.no_grad()
def encoder(folder, mode, dense):
    model = AutoModel.from_pretrained(folder).eval()
    vectors = []
    for text in TEXTS:
        vector = pooled(model(input_ids=torch.tensor([text])).last_hidden_state[0], mode)
        if dense is not None:
            vector = torch.tanh(dense(torch.nn.functional.normalize(vector, dim=0)))
        vectors.append(torch.nn.functional.normalize(vector, dim=0).tolist())
    return dict(tokens=TEXTS, vectors=vectors)


def modules(folder, mode, dense):
    kind = "sentence_transformers.models."
    listed = [("", "Transformer"), ("1_Pooling", "Pooling")]
    (folder / "1_Pooling").mkdir()
    modes = ["cls_token", "mean_tokens", "max_tokens", "mean_sqrt_len_tokens"]
    write_json(folder / "1_Pooling/config.json", {f"pooling_mode_{one}": one == mode for one in modes})
    if dense is not None:
        listed += [("2_Normalize", "Normalize"), ("3_Narrow", "Dense")]
        (folder / "3_Narrow").mkdir()
        sizes = dict(in_features=dense.in_features, out_features=dense.out_features, bias=True)
        write_json(
            folder / "3_Narrow/config.json", dict(activation_function="torch.nn.modules.activation.Tanh", **sizes)
        )
        safetensors.torch.save_file(
            {"linear.weight": dense.weight.detach(), "linear.bias": dense.bias.detach()},
            folder / "3_Narrow/model.safetensors",
        )
    write_json(
        folder / "modules.json",
        [dict(idx=i, name=str(i), path=path, type=kind + type) for i, (path, type) in enumerate(listed)],
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("golden", type=Path, help="learning/src/test/resources/golden/huggingface")
    golden = parser.parse_args().golden
    out = golden / "served"
    out.mkdir(exist_ok=True)
    resaved(golden / "t5-gated", out / "t5-resaved")
    change_weights(copied(golden / "t5-gated", out / "t5-ties"), equal_rows)
    change_config(copied(golden / "t5-relu", out / "t5-unscaled"), scale_decoder_outputs=False)
    generators = {
        "t5-gated": golden / "t5-gated",
        "t5-relu": golden / "t5-relu",
        **{name: out / name for name in ("t5-resaved", "t5-ties", "t5-unscaled")},
    }
    write_json(out / "generators.json", {name: generator(folder) for name, folder in generators.items()})
    torch.manual_seed(7)
    narrow = torch.nn.Linear(24, 10)
    encoders = {}
    for name, source, mode, dense in (
        ("bert-cls", "bert", "cls_token", None),
        ("bert-max", "bert", "max_tokens", None),
        ("mpnet-sqrt", "mpnet", "mean_sqrt_len_tokens", None),
        ("mpnet-dense", "mpnet", "mean_tokens", narrow),
    ):
        modules(copied(golden / source, out / name), mode, dense)
        encoders[name] = encoder(out / name, mode, dense)
    write_json(out / "encoders.json", encoders)
    write_json(
        out / "made-by.json",
        dict(
            program="benchmarks/parity/make_served.py",
            python=platform.python_version(),
            safetensors=safetensors.__version__,
            torch=torch.__version__.split("+")[0],
            transformers=transformers.__version__,
        ),
    )


if __name__ == "__main__":
    main()

"""Generates the golden files that the tests of learning compare with: see README.md.

Tiny models with random weights in the layout of Hugging Face, and what the reference programs make of them. Reads
nothing but its own constants and, when given, the folder of flan-t5's tokenizer. Generated again with the same versions, the
files are equal byte for byte.
"""

import argparse
import json
import platform
import tempfile
from pathlib import Path

import numpy
import safetensors
import safetensors.torch
import sentence_transformers
import tokenizers
import torch
import transformers
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import (
    BertConfig,
    BertModel,
    GenerationConfig,
    GenerationMixin,
    MPNetConfig,
    MPNetModel,
    PretrainedConfig,
    PreTrainedModel,
    PreTrainedTokenizerFast,
    T5Config,
    T5ForConditionalGeneration,
    XLMRobertaConfig,
    XLMRobertaModel,
)
from transformers.generation.beam_search import BeamHypotheses
from transformers.modeling_outputs import CausalLMOutput
from transformers.models.mpnet.modeling_mpnet import MPNetEncoder
from transformers.models.t5.modeling_t5 import T5Attention

SEED = 20250811

WORDS = """a the of in on dream heist rain bake ##r ##s city night robot love war train ship cat dog film old new red blue
sea star road house king queen lost find ##ing ##ed , . ! ? ' - < > / mask s é""".split()

TEXTS = [
    "a heist in the dream",
    "rain",
    "The old king lost the red house, and the queen finds a ship!",
    "robots love trains",
    "a " * 12 + "city",
    "unknownword é",
]

LANGUAGE_PIECES = """▁ ▁a ▁the ▁heist ▁in ▁dream ▁query : ▁passage ▁город ▁дождь ▁и ▁東京 物語 東 京 の 映画 ▁été é ▁फिल्म ▁ h e i s t r a n d o
г о р д ж ь ф и л м . , ! ? < > / k""".split()

LANGUAGE_TEXTS = [
    "a heist in the dream",
    "東京物語",
    "ГОРОД и дождь, город!",
    "the дождь in 東京の映画",
    "e\u0301te\u0301 été फिल्म",
    "a " * 12 + "heist",
    "☃ heist",
]

PROMPTS = {"query": "query: ", "passage": "passage: "}

T5_PIECES = "▁ ▁a ▁the ▁film ▁heist ▁in ▁dream ▁rain ▁search ▁recommend : s e r t i o n d h m f l a c k g p b u . , < > / _ 1 2 3".split()

HARD_STRINGS = [
    "",
    " ",
    "   leading and trailing   ",
    "search: a film about a heist inside dreams",
    "tabs\tand\nnewlines\r\n and  double  spaces",
    "ÄÖÜ äöü ß ñ ç ø œ",
    "cafe\u0301 and café",
    "a\u0300\u0301\u0302\u0303 stacked accents",
    "日本語の映画 と 中文电影 와 한국 영화",
    "Привет мир, Ελληνικά, עברית, العربية, हिन्दी, ไทย",
    "emoji 🎬🍿 family 👨‍👩‍👧‍👦 flag 🇫🇷 skin 👍🏽 heart ❤️",
    "zero\u200bwidth\u200cjoin\u200der\ufeffmark",
    "non\u00a0breaking\u2003em\u3000ideographic spaces",
    "ﬁ ligature, ½, ², Ⅷ, ℃, ﾊﾝｶｸ, Ｆｕｌｌ",
    "“quotes” ‘single’ — dash – en … dots",
    "x" * 300,
    "antidisestablishmentarianism" * 5,
    "<c1_17>",
    "like <c1_17><c2_203> but newer",
    "</s>",
    "before</s>after",
    "<extra_id_0>",
    "a <extra_id_0> b <extra_id_99> c",
    "<pad><unk> <pad>",
    "▁ underscore ▁like",
    "1234567890 3.14159 1,000,000 $5.00 50%",
    "C++ && || != <= >= \\n \\t {json: [1, 2]} #hash @at",
    "\u0000nul \u0001control \u007fdelete",
    "𝕬𝖑𝖕𝖍𝖆 𝒷ℯ𝓉𝒶 and 𐍈 gothic",
    "ı İ ǆ ŉ ſ",
    "mixed\u202eright to left\u202c override",
    "repeat " * 40,
]


def floats(tensor):
    return tensor.detach().to(torch.float32).contiguous()


def save_model(model, folder, config):
    folder.mkdir(parents=True, exist_ok=True)
    state = {name: floats(value) for name, value in model.state_dict().items()}
    seen = {}
    kept = {}
    for name, value in sorted(state.items(), key=lambda item: (not item[0].startswith("shared"), item[0])):
        key = (tuple(value.shape), value.numpy().tobytes())
        if key in seen and ("embed_tokens" in name or name == "lm_head.weight"):
            continue
        seen[key] = name
        kept[name] = value.clone()
    safetensors.torch.save_file(kept, folder / "model.safetensors", metadata={"format": "pt"})
    write_json(folder / "config.json", config.to_diff_dict())


def write_json(path, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=True, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")


def roughen(model, deviation):
    """Random weights large enough that every part of the model matters."""
    with torch.no_grad():
        for name, value in model.named_parameters():
            noise = torch.randn(value.shape) * deviation
            value.copy_(1 + noise if "norm" in name.lower() and name.endswith("weight") else noise)


def word_pieces(folder, begin, end, pad, mask):
    vocabulary = [begin, pad, end, "[UNK]", mask] + WORDS
    tokenizer = Tokenizer(
        models.WordPiece(vocab={word: i for i, word in enumerate(vocabulary)}, unk_token="[UNK]")
    )
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}", special_tokens=[(begin, 0), (end, 2)]
    )
    tokenizer.add_special_tokens([begin, pad, end, "[UNK]", mask])
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token=begin, eos_token=end, pad_token=pad, unk_token="[UNK]", mask_token=mask
    )
    return fast, len(vocabulary)


def sentence_pieces(folder):
    """A tokenizer of the kind of XLM-RoBERTa's: pieces with scores, of many scripts."""
    markers = ["<s>", "<pad>", "</s>", "<unk>"]
    pieces = list(dict.fromkeys(LANGUAGE_PIECES))
    vocabulary = [(marker, 0.0) for marker in markers]
    vocabulary += [(piece, -1.5 - 0.07 * i) for i, piece in enumerate(pieces)] + [("<mask>", 0.0)]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=3, byte_fallback=False))
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()])
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    tokenizer.add_special_tokens([*markers, "<mask>"])
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        bos_token="<s>",
        eos_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        mask_token="<mask>",
    )
    return fast, len(vocabulary)


def encoders(out, scratch):
    result = {}
    for kind in ("mpnet", "bert", "xlm-roberta", "bert-prompt"):
        torch.manual_seed(SEED)
        folder = out / kind
        markers = ("<s>", "</s>", "<pad>", "<mask>") if kind == "mpnet" else ("[CLS]", "[SEP]", "[PAD]", "[MASK]")
        words = kind in ("mpnet", "bert")
        fast, vocabulary = word_pieces(folder, *markers) if words else sentence_pieces(folder)
        texts = TEXTS if words else LANGUAGE_TEXTS
        sizes = dict(
            vocab_size=vocabulary,
            hidden_size=24,
            num_hidden_layers=2,
            num_attention_heads=3,
            intermediate_size=40,
            max_position_embeddings=40,
        )
        if kind == "mpnet":
            config, model = MPNetConfig(**sizes, layer_norm_eps=1e-5), MPNetModel
        elif kind == "xlm-roberta":
            config, model = XLMRobertaConfig(**sizes, layer_norm_eps=1e-5, type_vocab_size=1), XLMRobertaModel
        else:
            config, model = BertConfig(**sizes, pad_token_id=1), BertModel
        model = model(config).eval()
        roughen(model, 0.3)
        save_model(model, folder, config)
        work = scratch / kind
        model.save_pretrained(work)
        fast.save_pretrained(work)
        transformer = sentence_transformers.models.Transformer(str(work), max_seq_length=20)
        pooling = sentence_transformers.models.Pooling(transformer.get_word_embedding_dimension(), pooling_mode="mean")
        sentence = sentence_transformers.SentenceTransformer(
            modules=[transformer, pooling, sentence_transformers.models.Normalize()], device="cpu"
        )
        if kind == "bert-prompt":
            write_json(folder / "sentence_bert_config.json", {"max_seq_length": 20, "do_lower_case": False})
            write_json(
                folder / "config_sentence_transformers.json", {"prompts": PROMPTS, "default_prompt_name": "query"}
            )
            result[kind] = {
                name: {
                    "prompt": prompt,
                    "texts": texts,
                    "ids": [fast(prompt + text, truncation=True, max_length=20)["input_ids"] for text in texts],
                    "vectors": sentence.encode(texts, batch_size=4, prompt=prompt).tolist(),
                }
                for name, prompt in PROMPTS.items()
            }
            continue
        vectors = sentence.encode(texts, batch_size=4)
        pairs = [(texts[0], texts[1]), (texts[2], texts[3]), (texts[4], texts[5])]
        loss = sentence_transformers.losses.MultipleNegativesRankingLoss(sentence)
        sentence.eval()
        features = [sentence.tokenize([pair[side] for pair in pairs]) for side in (0, 1)]
        value = loss(features, None)
        write_json(folder / "sentence_bert_config.json", {"max_seq_length": 20, "do_lower_case": False})
        result[kind] = {
            "texts": texts,
            "ids": [fast(text, truncation=True, max_length=20)["input_ids"] for text in texts],
            "vectors": vectors.tolist(),
            "pairs": pairs,
            "ranking_loss": value.item(),
        }
    write_json(out / "encoders.json", result)


def t5_tokenizer(folder):
    vocabulary = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
    vocabulary += [(piece, -1.5 - 0.07 * i) for i, piece in enumerate(T5_PIECES)]
    vocabulary += [("<extra_id_1>", 0.0), ("<extra_id_0>", 0.0)]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=2, byte_fallback=False))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
    tokenizer.add_special_tokens(["<pad>", "</s>", "<unk>", "<extra_id_1>", "<extra_id_0>"])
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    return len(vocabulary)


def t5(out):
    for name, vocabulary, extra in (
        ("t5-gated", 150, dict(feed_forward_proj="gated-gelu", tie_word_embeddings=False)),
        ("t5-relu", 60, dict(feed_forward_proj="relu", tie_word_embeddings=True)),
    ):
        torch.manual_seed(SEED)
        folder = out / name
        assert t5_tokenizer(folder) <= vocabulary
        config = T5Config(
            vocab_size=vocabulary,
            d_model=16,
            d_kv=6,
            d_ff=28,
            num_layers=2,
            num_decoder_layers=3,
            num_heads=4,
            relative_attention_num_buckets=12,
            relative_attention_max_distance=20,
            decoder_start_token_id=0,
            **extra,
        )
        model = T5ForConditionalGeneration(config).eval()
        roughen(model, 0.35)
        with torch.no_grad():
            model.shared.weight.copy_(torch.randn(model.shared.weight.shape))
        model.tie_weights()
        save_model(model, folder, config)
        lengths = [3, 30, 11]
        ids = torch.zeros((3, 30), dtype=torch.long)
        mask = torch.zeros_like(ids)
        for row, length in enumerate(lengths):
            ids[row, :length] = torch.randint(3, vocabulary, (length,))
            mask[row, :length] = 1
        answers = torch.randint(3, vocabulary, (3, 4))
        decoder = torch.cat([torch.zeros((3, 1), dtype=torch.long), answers[:, :3]], 1)
        with torch.no_grad():
            memory = model.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
            logits = model(input_ids=ids, attention_mask=mask, decoder_input_ids=decoder).logits
            loss = model(input_ids=ids, attention_mask=mask, labels=answers).loss
        tensors = {f"memory_{row}": floats(memory[row, :length]) for row, length in enumerate(lengths)}
        tensors["logits"] = floats(logits)
        safetensors.torch.save_file(tensors, folder / "expected.safetensors")
        searches = []
        prompt = ids[2:3, :11]
        allowed = id_trie(vocabulary)
        for beams, groups, penalty, length_penalty, early, tokens, constrained in (
            (12, 6, 0.25, 1.0, False, 3, False),
            (12, 6, 0.25, 1.0, False, 3, True),
            (60, 30, 0.25, 1.0, False, 2, True),
            (60, 30, 0.25, 1.0, False, 2, False),
            (12, 12, 0.25, 0.0, False, 4, False),
            (9, 3, 2.5, 2.0, True, 8, False),
            (8, 1, 0.0, 1.0, False, 4, False),
            (8, 1, 0.0, 1.0, True, 3, True),
        ):
            options = dict(num_beam_groups=groups, diversity_penalty=penalty) if groups > 1 else {}
            found = model.generate(
                input_ids=prompt,
                generation_config=GenerationConfig(
                    num_beams=beams,
                    num_return_sequences=beams,
                    length_penalty=length_penalty,
                    early_stopping=early,
                    max_new_tokens=tokens,
                    decoder_start_token_id=0,
                    eos_token_id=1,
                    pad_token_id=0,
                    return_dict_in_generate=True,
                    output_scores=True,
                    **options,
                ),
                prefix_allowed_tokens_fn=(lambda _, sent: allowed(sent.tolist()[1:])) if constrained else None,
            )
            searches.append(
                dict(
                    beams=beams,
                    groups=groups,
                    diversity_penalty=penalty,
                    length_penalty=length_penalty,
                    early_stopping=early,
                    max_tokens=tokens,
                    constrained=constrained,
                    sequences=cut(found.sequences[:, 1:].tolist()),
                    scores=found.sequences_scores.tolist(),
                )
            )
        write_json(
            folder / "expected.json",
            dict(
                ids=[ids[row, :length].tolist() for row, length in enumerate(lengths)],
                answers=answers.tolist(),
                loss=loss.item(),
                prompt=prompt[0].tolist(),
                trie=id_list(vocabulary),
                searches=searches,
            ),
        )


def cut(sequences):
    """Without what only fills up to the longest: whatever comes after the first end."""
    return [s[: s.index(1) + 1] if 1 in s else s for s in sequences]


def id_list(vocabulary):
    """IDs of two tokens over the last 24 tokens; some first tokens have a single child."""
    first = vocabulary - 24
    return [[first + a, first + 12 + b] for a in range(12) for b in range(12) if b == a or (a % 4 and (a * b) % 5 < 2)]


def id_trie(vocabulary):
    ids = id_list(vocabulary)

    def allowed(prefix):
        follow = sorted({i[len(prefix)] for i in ids if len(prefix) < 2 and i[: len(prefix)] == prefix})
        return follow or [1]

    return allowed


class TableConfig(PretrainedConfig):
    model_type = "table"


class Table(PreTrainedModel, GenerationMixin):
    """Logits that are looked up by how many tokens there are and which came last."""

    config_class = TableConfig

    def __init__(self, config, table):
        super().__init__(config)
        self.anchor = torch.nn.Parameter(torch.zeros(1))
        self.table = table

    def forward(self, input_ids=None, **_):
        rows = self.table[input_ids.shape[1] - 1, input_ids[:, -1]]
        return CausalLMOutput(logits=rows[:, None, :])

    def prepare_inputs_for_generation(self, input_ids, **_):
        return {"input_ids": input_ids}

    @staticmethod
    def _reorder_cache(past, _):
        return past


def table_search(generator, vocabulary, depth, kind, beams, groups, penalty, length_penalty, early):
    table = torch.zeros((depth, vocabulary, vocabulary))
    if kind == "ties":
        table = torch.randint(0, 3, table.shape, generator=generator).float()
    elif kind == "uniform":
        open_ = torch.rand(table.shape, generator=generator) < 0.5
        open_[:, :, 1] = False
        table = torch.where(open_, 0.0, -1e4)
    elif kind == "random":
        table = torch.randint(-40, 40, table.shape, generator=generator).float() / 8
    elif kind in ("ends", "tied-ends"):
        most = 32 if kind == "ends" else 2
        table = torch.randint(0, most, table.shape, generator=generator).float() / (8 if kind == "ends" else 1)
        table[:, :, 1] += 1
    model = Table(TableConfig(vocab_size=vocabulary), table).eval()
    options = dict(num_beam_groups=groups, diversity_penalty=penalty) if groups > 1 else {}
    found = model.generate(
        input_ids=torch.zeros((1, 1), dtype=torch.long),
        generation_config=GenerationConfig(
            num_beams=beams,
            num_return_sequences=beams,
            length_penalty=length_penalty,
            early_stopping=early,
            max_new_tokens=depth,
            eos_token_id=1,
            pad_token_id=0,
            use_cache=False,
            return_dict_in_generate=True,
            output_scores=True,
            **options,
        ),
    )
    return dict(
        kind=kind,
        vocabulary=vocabulary,
        table=(table * 8).to(torch.int).flatten().tolist() if kind != "uniform" else open_.int().flatten().tolist(),
        beams=beams,
        groups=groups,
        diversity_penalty=penalty,
        length_penalty=length_penalty,
        early_stopping=early,
        max_tokens=depth,
        sequences=cut(found.sequences[:, 1:].tolist()),
        scores=found.sequences_scores.tolist(),
    )


def tables(out):
    generator = torch.Generator().manual_seed(SEED)
    cases = []
    for kind in ("random", "ties", "uniform", "zero"):
        for vocabulary, depth in ((9, 4), (20, 3)):
            for beams, groups, penalty, length_penalty, early in (
                (6, 3, 0.25, 1.0, False),
                (6, 3, 0.0 if kind == "random" else 0.5, 1.0, True),
                (6, 6, 0.25, 0.0, "never"),
                (5, 1, 0.0, 2.0, False),
                (4, 2, 1.0, -1.0, "never"),
            ):
                penalty = penalty if groups == 1 or penalty > 0 else 1e-3
                cases.append(
                    table_search(generator, vocabulary, depth, kind, beams, groups, penalty, length_penalty, early)
                )
    for kind in ("ends", "tied-ends"):
        for _ in range(4):
            for beams, groups, penalty, length_penalty, early in (
                (4, 1, 0.0, 1.0, False),
                (4, 1, 0.0, 2.0, "never"),
                (6, 2, 0.5, 0.0, "never"),
                (6, 2, 0.25, 0.5, False),
                (8, 2, 0.25, -1.0, "never"),
            ):
                cases.append(table_search(generator, 7, 6, kind, beams, groups, penalty, length_penalty, early))
    write_json(out / "searches.json", cases)


def finished(out):
    """What a group keeps of the sequences it finishes, and when it has enough."""
    generator = torch.Generator().manual_seed(SEED)
    cases = []
    for beams, length_penalty, early in (
        (2, 1.0, False),
        (3, 0.0, False),
        (3, 1.0, "never"),
        (2, -1.0, "never"),
        (4, 2.0, "never"),
        (2, 1.0, True),
    ):
        kept = BeamHypotheses(beams, length_penalty, early, max_length=9)
        adds, enough, after = [], [], []
        for at in range(24):
            length = int(torch.randint(1, 5, (), generator=generator))
            total = -float(torch.randint(1, 4, (), generator=generator)) * length**length_penalty
            kept.add(torch.tensor([at]), total, generated_len=length)
            best = -float(torch.randint(1, 24, (), generator=generator))
            adds.append([length, total])
            enough.append([best, length, bool(kept.is_done(best, length + 1, 1))])
            after.append([int(tokens[0]) for _, tokens, _ in kept.beams])
        cases.append(
            dict(
                beams=beams,
                length_penalty=length_penalty,
                early_stopping=early,
                max_tokens=8,
                adds=adds,
                enough=enough,
                kept=after,
            )
        )
    write_json(out / "finished.json", cases)


def top(out):
    """torch.topk where many are equal, in both of its ways (partial sort, selection)."""
    generator = torch.Generator().manual_seed(SEED)
    cases = []
    for k, n, values in ((4, 256, 3), (4, 255, 3), (2, 600, 2), (8, 40, 2), (8, 40, 4), (20, 70, 3), (33, 90, 5), (1, 9, 2), (5, 5, 2), (40, 300, 2)):
        scores = torch.randint(0, values, (n,), generator=generator)
        indices = torch.topk(scores.float()[None], k, dim=1, largest=True, sorted=True).indices[0]
        cases.append(dict(k=k, scores=scores.tolist(), indices=indices.tolist()))
    write_json(out / "top.json", cases)


def buckets(out):
    distances = torch.arange(-300, 301)
    cases = []
    for number, most in ((32, 128), (12, 20), (64, 256), (32, 20)):
        for both in (True, False):
            found = T5Attention._relative_position_bucket(distances, both, number, most)
            cases.append(dict(buckets=number, max_distance=most, both=both, found=found.tolist()))
    found = MPNetEncoder.relative_position_bucket(distances, 32, 128)
    cases.append(dict(buckets=32, max_distance=128, both=True, found=found.tolist()))
    write_json(out / "buckets.json", dict(first=-300, cases=cases))


def flan(out, folder):
    tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(folder / "tokenizer.json"))
    write_json(
        out / "flan-t5-tokens.json",
        [dict(text=text, ids=tokenizer(text)["input_ids"]) for text in HARD_STRINGS],
    )


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--flan-tokenizer", type=Path)
    chosen = arguments.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    numpy.random.seed(SEED)
    out = chosen.out
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        encoders(out, Path(scratch))
    t5(out)
    tables(out)
    finished(out)
    top(out)
    buckets(out)
    if chosen.flan_tokenizer:
        flan(out, chosen.flan_tokenizer)
    write_json(
        out / "made-by.json",
        dict(
            program="benchmarks/parity/make_golden.py",
            seed=SEED,
            python=platform.python_version(),
            torch=torch.__version__.split("+")[0],
            transformers=transformers.__version__,
            sentence_transformers=sentence_transformers.__version__,
            tokenizers=tokenizers.__version__,
            safetensors=safetensors.__version__,
        ),
    )


if __name__ == "__main__":
    main()

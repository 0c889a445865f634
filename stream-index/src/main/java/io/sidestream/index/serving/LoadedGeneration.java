package io.sidestream.index.serving;

import io.sidestream.model.ranking.Answer;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.Prompt;
import java.util.function.BiFunction;

/**
 * A generation that is opened, verified, reconciled with the index and warmed up.
 *
 * @param natives native parts, closed after the last lease
 * @param catalogue its items at load time
 * @param answering answers a prompt from a catalogue of this generation; thread-safe
 */
public record LoadedGeneration(
    Generation generation,
    AutoCloseable natives,
    Catalogue catalogue,
    BiFunction<Prompt, Catalogue, Answer> answering) {}

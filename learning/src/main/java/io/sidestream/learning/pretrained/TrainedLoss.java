package io.sidestream.learning.pretrained;

import io.sidestream.learning.progress.LossCurve;

/**
 * How well a generator learned: cross-entropy in nats, mean over tokens.
 *
 * @param lastEpoch mean over its steps
 * @param curve over all steps
 */
record TrainedLoss(double lastEpoch, LossCurve curve) {}

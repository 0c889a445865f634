package io.sidestream.cli;

import java.util.concurrent.Callable;

/**
 * A command that runs until it is stopped. By the exit code, what starts it again can distinguish
 * wrong settings, with which it ends each time, from a part that failed.
 */
interface ProcessCommand extends Callable<Integer> {}

/** Checks on what a system did: replies against a history, counts against a plain count. */
package io.sidestream.chaos.check;

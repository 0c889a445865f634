/** What clients sent, and what came back. */
package io.sidestream.chaos.history;

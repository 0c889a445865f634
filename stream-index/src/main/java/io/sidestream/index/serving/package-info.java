/** The generation that answers: opened, kept up to date, swapped under requests, rolled back to. */
package io.sidestream.index.serving;

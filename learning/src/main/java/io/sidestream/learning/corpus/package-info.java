/** What there is to learn from, and what is kept back to judge by. */
package io.sidestream.learning.corpus;

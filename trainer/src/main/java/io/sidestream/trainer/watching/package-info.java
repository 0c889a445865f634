/** What the trainer makes of the tests of generations: requests by drift, decisions on trials. */
package io.sidestream.trainer.watching;

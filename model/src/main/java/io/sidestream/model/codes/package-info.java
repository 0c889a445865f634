/** From vectors to codes, and which codes exist. */
package io.sidestream.model.codes;

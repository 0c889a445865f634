/** How a command says no. */
package io.sidestream.standalone.refusal;

/** Asking a running system from outside, through its topics. */
package io.sidestream.cli.client;

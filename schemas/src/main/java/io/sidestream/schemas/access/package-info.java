/** What a cluster must allow whom, and what it says when it does not. */
package io.sidestream.schemas.access;

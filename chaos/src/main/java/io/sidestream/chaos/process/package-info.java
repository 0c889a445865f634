/** Child processes that end with this one, and their disks. */
package io.sidestream.chaos.process;

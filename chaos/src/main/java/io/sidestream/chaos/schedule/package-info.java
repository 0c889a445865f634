/** When which fault befalls which process, drawn wholly from a seed. */
package io.sidestream.chaos.schedule;

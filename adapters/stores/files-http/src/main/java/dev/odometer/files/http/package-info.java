/**
 * HTTP as the stores of clouds need it: timeouts that also hold while a body is read, bounded repetitions with growing
 * pauses, downloads that go on where they broke off, uploads in parts of bounded size, no redirects, and answers as
 * refusals. It is the JDK's {@code HttpURLConnection}, since {@code java.net.http} waits for a stalled body without end.
 * Knows no store.
 */
@NullMarked
package dev.odometer.files.http;

import org.jspecify.annotations.NullMarked;

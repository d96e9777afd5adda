/**
 * The HTTP client that all cloud file stores share. It has timeouts that also apply within a body, a bounded number of
 * retries with exponential backoff, downloads that resume, and uploads in parts of bounded size. It does not follow
 * redirects, and it translates responses to refusals. It uses the JDK's {@code HttpURLConnection}, because
 * {@code java.net.http} waits for a stalled body without a timeout. It contains no code for a particular store.
 */
@NullMarked
package dev.odometer.files.http;

import org.jspecify.annotations.NullMarked;

package dev.odometer.door.http;

/**
 * The canonical reply, which each platform's reply is translated from. It has a Content-Length, except for 204; the
 * Content-Length of a reply to HEAD is that of the omitted body.
 */
@SuppressWarnings("ArrayRecordComponent") // only passed on to be written
public record HttpReply(int status, Headers headers, byte[] body) {

    /** Without the body, which may be confidential. */
    @Override
    public String toString() {
        return "HTTP " + status;
    }
}

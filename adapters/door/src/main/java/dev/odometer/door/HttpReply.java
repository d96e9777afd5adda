package dev.odometer.door;

/**
 * What is answered, in the one form that every platform's reply is made from. Headers name the length except for 204;
 * an answer to HEAD has the length of the body that it leaves out.
 */
@SuppressWarnings("ArrayRecordComponent") // handed on to be written, never kept
public record HttpReply(int status, Headers headers, byte[] body) {

    /** No body: it is somebody's business. */
    @Override
    public String toString() {
        return "HTTP " + status;
    }
}

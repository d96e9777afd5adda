package dev.odometer.door.batch;

/** Fails an invocation so that its source redelivers the batch. It is expected, so it has no stack trace. */
public final class RedeliveryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RedeliveryException(String reason) {
        super(reason, null, false, false);
    }
}

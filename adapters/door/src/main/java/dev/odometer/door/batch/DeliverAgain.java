package dev.odometer.door.batch;

/** Fails an invocation so that its source redelivers the batch. It is expected, so it has no stack trace. */
public final class DeliverAgain extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DeliverAgain(String reason) {
        super(reason, null, false, false);
    }
}

package dev.odometer.aws.lambda.batch;

/** Fails an invocation so that its source delivers again; nothing is wrong here. */
final class DeliverAgain extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DeliverAgain(String reason) {
        super(reason, null, false, false);
    }
}

package dev.odometer.kafka;

/** A reason not to start that the operator can do something about. */
final class StartRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    StartRefusal(String reason, String action) {
        super(reason, null, false, false);
        this.action = action;
    }

    String action() {
        return action;
    }
}

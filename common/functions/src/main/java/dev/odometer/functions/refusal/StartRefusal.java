package dev.odometer.functions.refusal;

/** A reason not to start that the operator can do something about. It is shown as a sentence, without a stack trace. */
public final class StartRefusal extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final String action;

    /** For a setting that is missing or wrong, which the sentence names. */
    public StartRefusal(String reason) {
        this(reason, "Correct the setting.");
    }

    /** @param action what to do about it */
    public StartRefusal(String reason, String action) {
        super(reason);
        this.action = action;
    }

    public String action() {
        return action;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}

package dev.odometer.functions.refusal;

/** A startup error that the operator or the author of the functions can fix. It is shown as a sentence, without a stack trace. */
public final class StartRefusal extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final String action;

    /** @param reason one sentence that names the setting that is missing or invalid */
    public StartRefusal(String reason) {
        this(reason, "Correct the setting.");
    }

    /** @param action how to fix it */
    public StartRefusal(String reason, String action) {
        super(reason);
        this.action = action;
    }

    public String action() {
        return action;
    }

    /** The reason and the action, for the logs of platforms that print the exception. */
    // The message is the reason alone, where the action is shown beside it.
    @SuppressWarnings("OverrideThrowableToString")
    @Override
    public String toString() {
        String reason = super.toString();
        return reason + (reason.endsWith(".") ? " " : ". ") + action;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}

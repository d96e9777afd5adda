package dev.odometer.azure.functions;

/** Another application in the same process, which a worker never has. */
public final class Restart {

    private Restart() {}

    /** Ends the one that runs; whoever asks for an instance next starts another. */
    public static void now() {
        Injector.forget();
    }
}

package dev.odometer.azure.functions;

/** Allows tests to start another application in the same process, which a worker never does. */
public final class Restart {

    private Restart() {}

    /** Stops the running application. The next request for an instance starts another one. */
    public static void now() {
        Injector.forget();
    }
}

package dev.odometer.azure.functions;

/** Allows tests to start another application in the same process, which a worker never does. */
public final class Restart {

    private Restart() {}

    /** The configuration of a function app. */
    public static Class<?> application() {
        return AzureApplication.class;
    }

    /** Stops the running application. The next request for an instance starts another one. */
    public static void now() {
        Injector.forget();
    }
}

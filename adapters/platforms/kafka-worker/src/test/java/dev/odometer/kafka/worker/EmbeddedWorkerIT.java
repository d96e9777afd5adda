package dev.odometer.kafka.worker;

import org.junit.jupiter.api.Nested;

/** Runs the contracts with an embedded broker. */
class EmbeddedWorkerIT {

    @Nested
    class Counting extends WorkerContract {
        Counting() {
            super(EmbeddedPlatform.get());
        }
    }

    @Nested
    class Delivering extends DeliveryContract {
        Delivering() {
            super(EmbeddedPlatform.get());
        }
    }

    @Nested
    class Operating extends OperationContract {
        Operating() {
            super(EmbeddedPlatform.get());
        }
    }
}

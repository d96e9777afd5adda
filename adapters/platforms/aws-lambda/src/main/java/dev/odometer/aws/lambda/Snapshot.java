package dev.odometer.aws.lambda;

import dev.odometer.door.BatchDoor;
import dev.odometer.door.HttpDoor;
import org.crac.Context;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;

/**
 * What happens before a snapshot is made of the started application, from which others are restored later: everything
 * runs once without effect. Connections are closed after that by Spring, which stops what has a lifecycle as a resource
 * of its own: the hooks run in the reverse order of registration, and Spring's came first. After a restore connections
 * are opened when they are needed.
 */
final class Snapshot implements Resource {

    private static final Logger LOG = LoggerFactory.getLogger(Snapshot.class);

    private final ApplicationContext application;

    Snapshot(ApplicationContext application) {
        this.application = application;
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        try {
            application.getBean(EventKinds.class).prime();
            application.getBean(HttpDoor.class).prime();
            application.getBean(BatchDoor.class).prime();
        } catch (RuntimeException surprise) {
            LOG.warn("The snapshot is made without all having run before", surprise);
        }
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        // Nothing: what was closed opens when it is needed.
    }
}

package dev.odometer.lambda;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.beans.factory.support.GenericTypeAwareAutowireCandidateResolver;
import org.springframework.context.support.GenericApplicationContext;

/** Spring's plain context, less what costs start-up time and has no use here. */
final class LambdaContext extends GenericApplicationContext {

    LambdaContext() {
        getDefaultListableBeanFactory().setAllowBeanDefinitionOverriding(false);
        getDefaultListableBeanFactory().setAutowireCandidateResolver(new GenericTypeAwareAutowireCandidateResolver());
    }

    @Override
    protected void initMessageSource() {
        // No messages: their formats would load the JDK's locale data.
    }

    /** The first connection is opened while everything else starts; most of that is waiting for the database. */
    @Override
    protected void onRefresh() {
        getBeanProvider(DataSource.class).ifAvailable(source -> meanwhile("first-connection", () -> open(source)));
    }

    /** Runs what the start need not wait for. */
    static void meanwhile(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void open(DataSource source) {
        try (Connection connection = source.getConnection();
                var statement = connection.prepareStatement("select 1")) {
            statement.executeQuery().close();
        } catch (SQLException away) {
            // The first request says so.
        }
    }
}

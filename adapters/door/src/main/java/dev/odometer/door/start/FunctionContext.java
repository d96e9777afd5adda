package dev.odometer.door.start;

import org.springframework.beans.factory.support.GenericTypeAwareAutowireCandidateResolver;
import org.springframework.context.support.GenericApplicationContext;

/** Spring's generic context, without features that cost start-up time and are not used. */
final class FunctionContext extends GenericApplicationContext {

    FunctionContext() {
        getDefaultListableBeanFactory().setAllowBeanDefinitionOverriding(false);
        getDefaultListableBeanFactory().setAutowireCandidateResolver(new GenericTypeAwareAutowireCandidateResolver());
    }

    @Override
    protected void initMessageSource() {
        // No messages, because their formats would load the JDK's locale data.
    }
}

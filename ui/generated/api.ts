// Generated from the OpenAPI document by scripts/generate-api.mjs; not edited by hand.
export interface paths {
    "/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Alerts of devices and groups, the one that changed last first
         * @description Permission: `devices.read`; by token also `api.alerts.get`.
         */
        get: operations["listAlerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Acts of users, newest first
         * @description Permission: `audit.read`; by token also `api.audit.get`.
         */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/invalidate_token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the access token of this call
         * @description Permission: none but a credential; by token also `api.auth.invalidate_token.post`.
         */
        post: operations["invalidateToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/oauth_password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get an access token for a user name and a password
         * @description The token goes into `Authorization: Bearer`. Each call renews it; unused it dies after `expires_in` seconds.
         *
         *     Needs no credential.
         */
        post: operations["passwordGrant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in to the console
         * @description Sets the cookie `provost_session`. Requests by cookie that change something carry `csrfToken` in the header `X-CSRF-Token`.
         *
         *     Needs no credential.
         */
        post: operations["openSession"];
        /**
         * Sign out of the console
         * @description Permission: none but a credential; by token also `api.auth.session.delete`.
         */
        delete: operations["closeSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Campaigns that ask the devices of a group to call in, the newest first
         * @description Permission: `groups.view` or `campaigns.manage`; by token also `api.campaigns.get`.
         */
        get: operations["listCampaigns"];
        put?: never;
        /**
         * Ask the devices of a group to call in, at a set pace
         * @description A campaign carries no tasks: the devices run their own lists when they come.
         *
         *     Permission: `campaigns.manage`; by token also `api.campaigns.post`.
         */
        post: operations["createCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a campaign
         * @description Permission: `groups.view` or `campaigns.manage`; by token also `api.campaigns.get`.
         */
        get: operations["getCampaign"];
        put?: never;
        post?: never;
        /**
         * Delete a campaign with its progress, in whatever phase it is
         * @description Permission: `campaigns.manage`; by token also `api.campaigns.delete`.
         */
        delete: operations["deleteCampaign"];
        options?: never;
        head?: never;
        /**
         * Change a campaign, for what it has not sent yet
         * @description Devices that were skipped are looked at anew. One that was finished goes on where there is something to do.
         *
         *     Permission: `campaigns.manage`; by token also `api.campaigns.patch`.
         */
        patch: operations["patchCampaign"];
        trace?: never;
    };
    "/campaigns/{id}/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The devices of a campaign by identity, and what became of each
         * @description Members whose turn has not come are `pending`. With `Accept: text/csv` or `application/x-ndjson` the whole result is streamed (permission `devices.export`).
         *
         *     Permission: `groups.view` or `campaigns.manage`; by token also `api.campaigns.devices.get`.
         */
        get: operations["listCampaignDevices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}/progress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count how far a campaign has come
         * @description Counted with each call, and kept in the campaign with its time.
         *
         *     Permission: `groups.view` or `campaigns.manage`; by token also `api.campaigns.progress.get`.
         */
        get: operations["getCampaignProgress"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go on after a suspension, or after a stop by the failure limit
         * @description After a stop failures are counted anew.
         *
         *     Permission: `campaigns.manage`; by token also `api.campaigns.resume.post`.
         */
        post: operations["resumeCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send nothing more for now
         * @description Devices that were asked already may still come, and count.
         *
         *     Permission: `campaigns.manage`; by token also `api.campaigns.suspend.post`.
         */
        post: operations["suspendCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List devices
         * @description All conditions are joined by *and*. With `Accept: text/csv` or `application/x-ndjson` the whole result is streamed (permission `devices.export`).
         *
         *     Permission: `devices.read`; by token also `api.devices.get`.
         */
        get: operations["listDevices"];
        put?: never;
        /**
         * Add a device before it comes
         * @description Permission: `devices.create`; by token also `api.devices.post`.
         */
        post: operations["createDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a device
         * @description Permission: `devices.read`; by token also `api.devices.get`.
         */
        get: operations["getDevice"];
        /**
         * Create or replace what people keep of a device
         * @description Permission: `devices.edit` or `devices.create`; by token also `api.devices.put`.
         */
        put: operations["putDevice"];
        post?: never;
        /**
         * Remove a device with its tasks, reports, logs and tree
         * @description Audit and history stay. A device that comes again is a first contact.
         *
         *     Permission: `devices.delete`; by token also `api.devices.delete`.
         */
        delete: operations["deleteDevice"];
        options?: never;
        head?: never;
        /**
         * Change what people keep of a device
         * @description JSON Merge Patch. Changing domain, groups, properties or the blacklist flag needs its own permission.
         *
         *     Permission: `devices.edit`; by token also `api.devices.patch`.
         */
        patch: operations["patchDevice"];
        trace?: never;
    };
    "/devices/{id}/actions/backup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Back up the configuration of the device now
         * @description Permission: `device.backup`; by token also `api.devices.actions.backup.post`.
         */
        post: operations["backup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/actions/connect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask the device to call in
         * @description Joins a request that is open. With `Prefer: wait=N` the answer comes when the outcome is final, or after N seconds as 202. *Accepted* is not *came*.
         *
         *     Permission: `device.connect`; by token also `api.devices.actions.connect.post`.
         */
        post: operations["connectDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/actions/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let the device fetch a file
         * @description A plain Download. For firmware and backups the actions of their own know more: versions, verification.
         *
         *     Permission: `tasks.add`; by token also `api.devices.actions.download.post`.
         */
        post: operations["download"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/actions/factory-reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reset the device to its factory settings
         * @description Permission: `device.connect`; by token also `api.devices.actions.factory-reset.post`.
         */
        post: operations["factoryReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/actions/firmware-upgrade": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upgrade the firmware of the device
         * @description Permission: `device.firmware`; by token also `api.devices.actions.firmware-upgrade.post`.
         */
        post: operations["firmwareUpgrade"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/actions/quick-fix/{fix}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run a quick fix on a device
         * @description Adds a task, or restarts the one of the last time where the quick fix prefers that. Needs the permission of the quick fix besides.
         *
         *     Permission: `quickfix.run`; by token also `api.devices.actions.quick-fix.post`.
         */
        post: operations["pressQuickFix"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/actions/reboot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reboot the device
         * @description Permission: `device.connect`; by token also `api.devices.actions.reboot.post`.
         */
        post: operations["reboot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/actions/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read the whole data model, or parts of it, from the device
         * @description Permission: `device.connect`; by token also `api.devices.actions.refresh.post`.
         */
        post: operations["refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/actions/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restore a configuration of the device
         * @description Permission: `device.backup`; by token also `api.devices.actions.restore.post`.
         */
        post: operations["restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/actions/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let the device send a file: configuration or log
         * @description Permission: `tasks.add`; by token also `api.devices.actions.upload.post`.
         */
        post: operations["upload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who let a device join and leave groups, newest first
         * @description Permission: `devices.read`; by token also `api.devices.activity.get`.
         */
        get: operations["listActivity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Alerts of a device, the one that changed last first
         * @description Permission: `devices.read`; by token also `api.devices.alerts.get`.
         */
        get: operations["listDeviceAlerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/blacklist": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Refuse a device, or admit it again
         * @description Permission: `access.blacklist`; by token also `api.devices.blacklist.put`.
         */
        put: operations["setBlacklist"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/connection-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Connection requests of a device, newest first
         * @description Permission: `devices.read`; by token also `api.devices.connection-requests.get`.
         */
        get: operations["listConnectionRequests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set the credentials of a device; they are never read back
         * @description Permission: `devices.edit`; by token also `api.devices.credentials.put`.
         */
        put: operations["setCredentials"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Groups of a device, direct and inherited
         * @description Permission: `devices.read`; by token also `api.devices.groups.get`.
         */
        get: operations["listDeviceGroups"];
        put?: never;
        /**
         * Let a device join groups
         * @description Permission: `devices.groups`; by token also `api.devices.groups.post`.
         */
        post: operations["joinGroups"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/groups/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Let a device leave a group
         * @description Permission: `devices.groups`; by token also `api.devices.groups.delete`.
         */
        delete: operations["leaveGroup"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/ip-history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The WAN addresses that a device had, newest first
         * @description Permission: `devices.read`; by token also `api.devices.ip-history.get`.
         */
        get: operations["listAddresses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/management": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Switch the management of a device on or off
         * @description Permission: `devices.edit`; by token also `api.devices.management.put`.
         */
        put: operations["setManagement"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/objects/add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add an instance to a table of the device
         * @description Permission: `tasks.add`; by token also `api.devices.objects.add.post`.
         */
        post: operations["addObject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/objects/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete an instance from a table of the device
         * @description Permission: `tasks.add`; by token also `api.devices.objects.delete.post`.
         */
        post: operations["deleteObject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/parameters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The data model of a device as last seen
         * @description Nothing is read from the device. Secret values are masked unless the caller has `secrets.view`.
         *
         *     Permission: `device.tree`; by token also `api.devices.parameters.get`.
         */
        get: operations["listParameters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/parameters/get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read parameters from the device
         * @description Permission: `tasks.add`; by token also `api.devices.parameters.get.post`.
         */
        post: operations["readParameters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/parameters/set": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set parameters on the device
         * @description Permission: `tasks.add`; by token also `api.devices.parameters.set.post`.
         */
        post: operations["setParameters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The computed profile of a device
         * @description Permission: `devices.read` or `devices.properties`; by token also `api.devices.profile.get`.
         */
        get: operations["getDeviceProfile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/properties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a device sets itself
         * @description Permission: `devices.read` or `devices.properties`; by token also `api.devices.properties.get`.
         */
        get: operations["listProperties"];
        /**
         * Replace what a device sets itself
         * @description Secrets need `devices.secrets`.
         *
         *     Permission: `devices.properties`; by token also `api.devices.properties.put`.
         */
        put: operations["putProperties"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change what a device sets itself
         * @description Secrets need `devices.secrets`.
         *
         *     Permission: `devices.properties`; by token also `api.devices.properties.patch`.
         */
        patch: operations["patchProperties"];
        trace?: never;
    };
    "/devices/{id}/properties/{property}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a property of a device
         * @description Permission: `devices.read` or `devices.properties`; by token also `api.devices.properties.get`.
         */
        get: operations["getProperty"];
        /**
         * Set a property of a device
         * @description Permission: `devices.properties`; by token also `api.devices.properties.put`.
         */
        put: operations["putProperty"];
        post?: never;
        /**
         * Remove a property of a device
         * @description Permission: `devices.properties`; by token also `api.devices.properties.delete`.
         */
        delete: operations["deleteProperty"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/queue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The tasks of a device in the order of their execution
         * @description With *would run now / why not* for each, by the engine’s own function. `at` asks for another time. A search leaves entries out and their positions as they are. With `Accept: text/csv` or `application/x-ndjson` the list is an export (permission `devices.export`).
         *
         *     Permission: `tasks.view`; by token also `api.devices.queue.get`.
         */
        get: operations["getQueue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/scheduled-connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The times at which a device will be asked to call in, the soonest first
         * @description Also those that workflows have set. One that was carried out is no longer here, but among the requests.
         *
         *     Permission: `devices.read`; by token also `api.devices.scheduled-connections.get`.
         */
        get: operations["listScheduledConnections"];
        put?: never;
        /**
         * Ask a device to call in at a time
         * @description At most 100 of one device.
         *
         *     Permission: `device.connect`; by token also `api.devices.scheduled-connections.post`.
         */
        post: operations["createScheduledConnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/scheduled-connections/{entry}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a scheduled connection request
         * @description Permission: `device.connect`; by token also `api.devices.scheduled-connections.delete`.
         */
        delete: operations["deleteScheduledConnection"];
        options?: never;
        head?: never;
        /**
         * Move a scheduled connection request to another time
         * @description Permission: `device.connect`; by token also `api.devices.scheduled-connections.patch`.
         */
        patch: operations["patchScheduledConnection"];
        trace?: never;
    };
    "/devices/{id}/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Services of a device: those that it is offered, and those that it has had
         * @description Permission: `devices.read`; by token also `api.devices.services.get`.
         */
        get: operations["listDeviceServices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/services/{key}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Switch a service on, by a task with the values that its template asks for
         * @description Permission: `services.toggle`; by token also `api.devices.services.activate.post`.
         */
        post: operations["activateService"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/services/{key}/configure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change a service that is on, by a task of its configure template
         * @description Permission: `services.configure`; by token also `api.devices.services.configure.post`.
         */
        post: operations["configureService"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/services/{key}/deactivate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Switch a service off, by a task
         * @description Permission: `services.toggle`; by token also `api.devices.services.deactivate.post`.
         */
        post: operations["deactivateService"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/services/{key}/migrate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Activate a service on another device with the same values, and deactivate it here
         * @description Permission: `services.migrate`; by token also `api.devices.services.migrate.post`.
         */
        post: operations["migrateService"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sessions of a device, newest first
         * @description Permission: `devices.read`; by token also `api.devices.sessions.get`.
         */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/sessions/{sid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A session with its RPCs
         * @description Permission: `devices.read`; by token also `api.devices.sessions.get`.
         */
        get: operations["getSession"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the contact with a device is now
         * @description Permission: `devices.read`; by token also `api.devices.state.get`.
         */
        get: operations["getDeviceState"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/value-history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Samples of traced values of a device, newest first
         * @description Tasks that trace parameters, and workflows that store values as history, write them.
         *
         *     Permission: `device.tree`; by token also `api.devices.value-history.get`.
         */
        get: operations["listValueHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/value-history/names": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is traced of a device, with the newest sample of each
         * @description Permission: `device.tree`; by token also `api.devices.value-history.names.get`.
         */
        get: operations["listTracedNames"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * List devices by a long filter
         * @description Permission: `devices.read`; by token also `api.devices.search.post`.
         */
        post: operations["searchDevices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Events after a known one
         * @description Without `after` no events, but the id to begin with in `next`. `next` is always the id to go on from; a poll every minute misses nothing.
         *
         *     Permission: `devices.read`; by token also `api.events.get`.
         */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Server-sent events, as they happen
         * @description Resumes after `Last-Event-ID` (header, or `after`). When that is too old to continue from, the first event is of the type `stream.gap`: what is shown must be fetched again. The stream ends when its client reads too slowly, and when its token ends or the rights of its user change. A user may have so many streams open; one more is answered with 429.
         *
         *     Permission: `devices.read`; by token also `api.events.stream.get`.
         */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/executions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List task reports
         * @description With `updatedSince` (exclusive) they come in the order of lastUpdateTime, task and device, so that a poll misses nothing and gets nothing twice; else newest first. With `Accept: text/csv` or `application/x-ndjson` the whole result is streamed (permission `devices.export`).
         *
         *     Permission: `tasks.view`; by token also `api.executions.get`.
         */
        get: operations["listExecutions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/executions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a task report
         * @description Permission: `tasks.view`; by token also `api.executions.get`.
         */
        get: operations["getExecution"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/executions/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Past runs of a task on a device, newest first
         * @description Permission: `tasks.view`; by token also `api.executions.history.get`.
         */
        get: operations["getExecutionHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/executions/{id}/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Log lines of a task on a device
         * @description With `Accept: text/plain` all of them as a download.
         *
         *     Permission: `tasks.view`; by token also `api.executions.log.get`.
         */
        get: operations["getExecutionLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/executions/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Past runs of all tasks on all devices in view, newest first
         * @description Kept also when the task was restarted or deleted. With `Accept: text/csv` or `application/x-ndjson` the whole result is streamed (permission `devices.export`).
         *
         *     Permission: `tasks.view`; by token also `api.executions.history.get`.
         */
        get: operations["listPastRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/executions/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * List task reports by a long filter
         * @description Permission: `tasks.view`; by token also `api.executions.search.post`.
         */
        post: operations["searchExecutions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/expressions/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check an expression while it is typed
         * @description Whether it could be saved at its place, and what it gives now. Wrong texts are the answer here, not a problem. A device needs `devices.read` besides, its data model `device.tree`, a task `tasks.view`, a group `groups.view`.
         *
         *     Permission: `tasks.view` or `tasks.add` or `tasks.edit` or `templates.manage` or `groups.migrations`; by token also `api.expressions.check.post`.
         */
        post: operations["checkExpression"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/expressions/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What may stand at a place of an expression that is being typed
         * @description With a device also the names of its data. A device needs `devices.read` besides, its data model `device.tree`, a task `tasks.view`, a group `groups.view`.
         *
         *     Permission: `tasks.view` or `tasks.add` or `tasks.edit` or `templates.manage` or `groups.migrations`; by token also `api.expressions.complete.post`.
         */
        post: operations["completeExpression"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/expressions/evaluate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Evaluate an expression on what is stored: the sandbox
         * @description Nothing is changed and no device is asked; a live query is shown as text. A text that is no expression, or one that fails, is an `expression-error` with its place. A device needs `devices.read` besides, its data model `device.tree`, a task `tasks.view`, a group `groups.view`.
         *
         *     Permission: `tasks.view` or `tasks.add` or `tasks.edit` or `templates.manage` or `groups.migrations`; by token also `api.expressions.evaluate.post`.
         */
        post: operations["evaluateExpression"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/expressions/reference": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All operators, functions and names of the language, with a sentence each
         * @description Permission: none but a credential; by token also `api.expressions.reference.get`.
         */
        get: operations["getExpressionReference"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/filters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Saved searches: the caller’s own, and those that are shared in domains in view; by name
         * @description Permission: none but a credential; by token also `api.filters.get`.
         */
        get: operations["listFilters"];
        put?: never;
        /**
         * Save a search
         * @description Needs the permission to see the list. Filter and expression are checked.
         *
         *     Permission: none but a credential; by token also `api.filters.post`.
         */
        post: operations["createFilter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/filters/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a saved search
         * @description Permission: none but a credential; by token also `api.filters.get`.
         */
        get: operations["getFilter"];
        put?: never;
        post?: never;
        /**
         * Delete a saved search
         * @description By its owner, or with `admin.users`.
         *
         *     Permission: none but a credential; by token also `api.filters.delete`.
         */
        delete: operations["deleteFilter"];
        options?: never;
        head?: never;
        /**
         * Change a saved search
         * @description By its owner, or with `admin.users`.
         *
         *     Permission: none but a credential; by token also `api.filters.patch`.
         */
        patch: operations["patchFilter"];
        trace?: never;
    };
    "/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List groups by name
         * @description Permission: `groups.view`; by token also `api.groups.get`.
         */
        get: operations["listGroups"];
        put?: never;
        /**
         * Add a group below another
         * @description Permission: `groups.manage`; by token also `api.groups.post`.
         */
        post: operations["createGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/groups/{id}/actions/quick-fix/{fix}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run a quick fix on a group
         * @description Adds a task of the group, or reruns the one of the last time where the quick fix prefers that.
         *
         *     Permission: `quickfix.run`; by token also `api.groups.actions.quick-fix.post`.
         */
        post: operations["pressGroupQuickFix"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/groups/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a group
         * @description Permission: `groups.view`; by token also `api.groups.get`.
         */
        get: operations["getGroup"];
        /**
         * Create or replace a group
         * @description Permission: `groups.manage`; by token also `api.groups.put`.
         */
        put: operations["putGroup"];
        post?: never;
        /**
         * Delete a group with its rules and its profile; members are detached, never deleted
         * @description Refused while it has subgroups or carries tasks. Deleting it with its subgroups is for administrators.
         *
         *     Permission: `groups.manage`; by token also `api.groups.delete`.
         */
        delete: operations["deleteGroup"];
        options?: never;
        head?: never;
        /**
         * Change a group; its name is fixed
         * @description Permission: `groups.manage`; by token also `api.groups.patch`.
         */
        patch: operations["patchGroup"];
        trace?: never;
    };
    "/groups/{name}/detach-all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take all devices out of a group; they stay in the inventory
         * @description Permission: `groups.manage`; by token also `api.groups.detach-all.post`.
         */
        post: operations["detachAll"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/groups/{name}/effective-profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is in effect for direct members of a group that set nothing themselves
         * @description Permission: `groups.view` or `groups.profiles`; by token also `api.groups.effective-profile.get`.
         */
        get: operations["getGroupEffectiveProfile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/groups/{name}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Devices of a group by identity
         * @description Permission: `groups.view`; by token also `api.groups.members.get`.
         */
        get: operations["listMembers"];
        put?: never;
        /**
         * Let devices join, named ones or all that match a search
         * @description Being a member already is no error.
         *
         *     Permission: `devices.groups`; by token also `api.groups.members.post`.
         */
        post: operations["addMembers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/groups/{name}/members/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Let one device leave
         * @description Permission: `devices.groups`; by token also `api.groups.members.delete`.
         */
        delete: operations["removeMember"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/groups/{name}/members/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let devices leave, named ones or all that match a search
         * @description Permission: `devices.groups`; by token also `api.groups.members.remove.post`.
         */
        post: operations["removeMembers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/groups/{name}/members/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Devices of a group by a long filter
         * @description Permission: `groups.view`; by token also `api.groups.members.search.post`.
         */
        post: operations["searchMembers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/groups/{name}/migrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Migration rules of a group
         * @description Permission: `groups.migrations` or `groups.view`; by token also `api.groups.migrations.get`.
         */
        get: operations["listMigrations"];
        put?: never;
        /**
         * Add a migration rule
         * @description Permission: `groups.migrations`; by token also `api.groups.migrations.post`.
         */
        post: operations["createMigration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/groups/{name}/migrations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a migration rule
         * @description Permission: `groups.migrations` or `groups.view`; by token also `api.groups.migrations.get`.
         */
        get: operations["getMigration"];
        put?: never;
        post?: never;
        /**
         * Delete a migration rule
         * @description Permission: `groups.migrations`; by token also `api.groups.migrations.delete`.
         */
        delete: operations["deleteMigration"];
        options?: never;
        head?: never;
        /**
         * Change a migration rule
         * @description Permission: `groups.migrations`; by token also `api.groups.migrations.patch`.
         */
        patch: operations["patchMigration"];
        trace?: never;
    };
    "/groups/{name}/migrations/{id}/dry-run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * How many members a rule matches and where they would go
         * @description Permission: `groups.migrations`; by token also `api.groups.migrations.dry-run.post`.
         */
        post: operations["dryRunMigration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/groups/{name}/migrations/{id}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look at the rules of all members now
         * @description In the background; `run` of the rule shows how far it is.
         *
         *     Permission: `groups.migrations`; by token also `api.groups.migrations.run.post`.
         */
        post: operations["runMigration"];
        /**
         * End a run; what it has done stays
         * @description Permission: `groups.migrations`; by token also `api.groups.migrations.run.delete`.
         */
        delete: operations["cancelMigrationRun"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/groups/{name}/migrations/dry-run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * How many members a rule would match and where they would go, before it is saved
         * @description Permission: `groups.migrations`; by token also `api.groups.migrations.dry-run.post`.
         */
        post: operations["dryRunDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/groups/{name}/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a group sets for its members
         * @description Permission: `groups.view` or `groups.profiles`; by token also `api.groups.profile.get`.
         */
        get: operations["getProfile"];
        /**
         * Replace what a group sets
         * @description Locking and unlocking needs `groups.lock`.
         *
         *     Permission: `groups.profiles`; by token also `api.groups.profile.put`.
         */
        put: operations["putProfile"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change what a group sets
         * @description Locking and unlocking needs `groups.lock`.
         *
         *     Permission: `groups.profiles`; by token also `api.groups.profile.patch`.
         */
        patch: operations["patchProfile"];
        trace?: never;
    };
    "/groups/{name}/profile/copy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Copy values from another group
         * @description Permission: `groups.profiles`; by token also `api.groups.profile.copy.post`.
         */
        post: operations["copyProfile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/groups/{name}/profile/impact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * How many devices a change of a profile would reach; nothing is saved
         * @description Permission: `groups.profiles`; by token also `api.groups.profile.impact.post`.
         */
        post: operations["getImpact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/groups/{name}/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which services a group offers to its members
         * @description Permission: `groups.view`; by token also `api.groups.services.get`.
         */
        get: operations["listGroupServices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/groups/{name}/services/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Offer a service to the members of a group, or withdraw it
         * @description Sets the property `services.available.<key>` in the profile of the group.
         *
         *     Permission: `groups.services`; by token also `api.groups.services.put`.
         */
        put: operations["putGroupService"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/groups/{name}/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many devices are in a group
         * @description Counted on demand and kept for five minutes.
         *
         *     Permission: `groups.view`; by token also `api.groups.statistics.get`.
         */
        get: operations["getGroupStatistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the process answers
         * @description Needs no credential.
         */
        get: operations["healthLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the parts that are needed answer
         * @description Needs no credential.
         */
        get: operations["healthReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is calling, with which permissions
         * @description Permission: none but a credential; by token also `api.me.get`.
         */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change one’s own profile
         * @description Permission: `me.profile`; by token also `api.me.patch`.
         */
        patch: operations["patchMe"];
        trace?: never;
    };
    "/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change one’s own password
         * @description Ends all other sessions and access tokens of the user; API tokens stay.
         *
         *     Permission: `me.profile`; by token also `api.me.password.post`.
         */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/meanings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Names that stand for parameters of TR-098 and TR-181 alike
         * @description Permission: none but a credential; by token also `api.meanings.get`.
         */
        get: operations["listMeanings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This document
         * @description Permission: none but a credential; by token also `api.openapi.json.get`.
         */
        get: operations["getOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/property-descriptors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is known of properties’ names
         * @description Permission: none but a credential; by token also `api.property-descriptors.get`.
         */
        get: operations["listDescriptors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/property-descriptors/{property}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is known of a property’s name
         * @description Permission: none but a credential; by token also `api.property-descriptors.get`.
         */
        get: operations["getDescriptor"];
        /**
         * Register a property’s name for the whole installation
         * @description For users of the domain `/`. Stored values stay; new ones are checked.
         *
         *     Permission: `groups.profiles`; by token also `api.property-descriptors.put`.
         */
        put: operations["putDescriptor"];
        post?: never;
        /**
         * Forget a registered name; its values stay
         * @description For users of the domain `/`. What the ACS itself knows of the name comes back.
         *
         *     Permission: `groups.profiles`; by token also `api.property-descriptors.delete`.
         */
        delete: operations["deleteDescriptor"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/quick-fixes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The buttons that the caller may press
         * @description Permission: `quickfix.run`; by token also `api.quick-fixes.get`.
         */
        get: operations["listQuickFixes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/resources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List files, newest first
         * @description Permission: `resources.manage` or `resources.config` or `device.firmware` or `device.backup`; by token also `api.resources.get`.
         */
        get: operations["listResources"];
        put?: never;
        /**
         * Upload a file
         * @description Multipart form: the text fields first, then one part `file`. The file is stored as it comes; over the limit nothing is kept.
         *
         *     Permission: `resources.manage`; by token also `api.resources.post`.
         */
        post: operations["createResource"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/resources/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is known of a file
         * @description Permission: `resources.manage` or `resources.config` or `device.firmware` or `device.backup`; by token also `api.resources.get`.
         */
        get: operations["getResource"];
        put?: never;
        post?: never;
        /**
         * Delete a file; refused while a task refers to it
         * @description Permission: `resources.manage`; by token also `api.resources.delete`.
         */
        delete: operations["deleteResource"];
        options?: never;
        head?: never;
        /**
         * Change what is known of a file
         * @description Permission: `resources.manage`; by token also `api.resources.patch`.
         */
        patch: operations["patchResource"];
        trace?: never;
    };
    "/resources/{id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a file
         * @description One `Range` of bytes is honoured. Configurations of devices need `resources.config`.
         *
         *     Permission: `resources.manage` or `resources.config` or `device.firmware` or `device.backup`; by token also `api.resources.content.get`.
         */
        get: operations["getResourceContent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rollouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Group tasks that reach their devices in waves, the newest first
         * @description Permission: `tasks.view`; by token also `api.rollouts.get`.
         */
        get: operations["listRollouts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the predefined schedules
         * @description Permission: `tasks.view` or `schedules.manage`; by token also `api.schedules.get`.
         */
        get: operations["listSchedules"];
        put?: never;
        /**
         * Make a predefined schedule
         * @description Permission: `schedules.manage`; by token also `api.schedules.post`.
         */
        post: operations["createSchedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schedules/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a predefined schedule
         * @description Permission: `tasks.view` or `schedules.manage`; by token also `api.schedules.get`.
         */
        get: operations["getSchedule"];
        put?: never;
        post?: never;
        /**
         * Delete a predefined schedule that nothing uses
         * @description Permission: `schedules.manage`; by token also `api.schedules.delete`.
         */
        delete: operations["deleteSchedule"];
        options?: never;
        head?: never;
        /**
         * Change a predefined schedule, for every task that uses it
         * @description Permission: `schedules.manage`; by token also `api.schedules.patch`.
         */
        patch: operations["patchSchedule"];
        trace?: never;
    };
    "/schedules/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check a schedule and say when it allows tasks to begin
         * @description Permission: `tasks.view` or `schedules.manage`; by token also `api.schedules.preview.post`.
         */
        post: operations["previewSchedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the services that can be switched on devices, by caption
         * @description Permission: `services.manage` or `services.toggle` or `services.configure` or `services.migrate` or `groups.view`; by token also `api.services.get`.
         */
        get: operations["listServices"];
        put?: never;
        /**
         * Add a service
         * @description Permission: `services.manage`; by token also `api.services.post`.
         */
        post: operations["createService"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/services/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a service
         * @description Permission: `services.manage` or `services.toggle` or `services.configure` or `services.migrate` or `groups.view`; by token also `api.services.get`.
         */
        get: operations["getService"];
        put?: never;
        post?: never;
        /**
         * Delete a service
         * @description Refused while it is active on a device, unless `confirmed`. What it has set up there stays.
         *
         *     Permission: `services.manage`; by token also `api.services.delete`.
         */
        delete: operations["deleteService"];
        options?: never;
        head?: never;
        /**
         * Change a service
         * @description Permission: `services.manage`; by token also `api.services.patch`.
         */
        patch: operations["patchService"];
        trace?: never;
    };
    "/system": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What runs here
         * @description Permission: none but a credential; by token also `api.system.get`.
         */
        get: operations["getSystem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/system/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Jobs with next run and last result
         * @description Permission: `system.noc`; by token also `api.system.jobs.get`.
         */
        get: operations["listJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/task-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Task types with the schema of their configuration
         * @description Permission: none but a credential; by token also `api.task-types.get`.
         */
        get: operations["listTaskTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/task-types/{name}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check the XML of a configuration while it is typed
         * @description What would be refused if it were saved, with line, column and tag.
         *
         *     Permission: `tasks.view` or `tasks.add` or `tasks.edit` or `templates.manage` or `groups.migrations`; by token also `api.task-types.check.post`.
         */
        post: operations["checkTaskConfig"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/task-types/{name}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What may stand at a place of the XML of a configuration that is being typed
         * @description Tags, attributes and values of workflows; expressions in the attributes of all types. A device needs `devices.read` besides, its data model `device.tree`, a task `tasks.view`, a group `groups.view`.
         *
         *     Permission: `tasks.view` or `tasks.add` or `tasks.edit` or `templates.manage` or `groups.migrations`; by token also `api.task-types.complete.post`.
         */
        post: operations["completeTaskConfig"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/task-types/{name}/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The tags of workflows, with their attributes
         * @description Of `XmlTask`; the other types have none.
         *
         *     Permission: none but a credential; by token also `api.task-types.tags.get`.
         */
        get: operations["listXmlTags"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List tasks, newest first
         * @description All conditions are joined by *and*. With `Accept: text/csv` or `application/x-ndjson` the whole result is streamed (permission `devices.export`).
         *
         *     Permission: `tasks.view`; by token also `api.tasks.get`.
         */
        get: operations["listTasks"];
        put?: never;
        /**
         * Add a task to the list of a device, or of all devices of a group
         * @description With `Prefer: wait=N` (at most 300) the answer comes when the task has ended: 200 with the report, or 202 when the time is over.
         *
         *     Permission: `tasks.add`; by token also `api.tasks.post`.
         */
        post: operations["createTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a task
         * @description Permission: `tasks.view`; by token also `api.tasks.get`.
         */
        get: operations["getTask"];
        /**
         * Replace the settings and the configuration of a task
         * @description A masked value that is sent back keeps the stored one. Target and type cannot change. The report is kept; a run that is under way ends with the configuration it began with.
         *
         *     Permission: `tasks.edit`; by token also `api.tasks.put`.
         */
        put: operations["putTask"];
        post?: never;
        /**
         * Delete a task and its reports; history and edition log stay
         * @description Permission: `tasks.delete`; by token also `api.tasks.delete`.
         */
        delete: operations["deleteTask"];
        options?: never;
        head?: never;
        /**
         * Change settings or configuration of a task
         * @description JSON Merge Patch of the settings; a given `config` replaces the whole configuration.
         *
         *     Permission: `tasks.edit`; by token also `api.tasks.patch`.
         */
        patch: operations["patchTask"];
        trace?: never;
    };
    "/tasks/{id}/advance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a copy of a device task to a group
         * @description The copy is inactive unless the body says otherwise, and keeps the bloodline, so that the device it was tried on does not run it twice.
         *
         *     Permission: `tasks.advance`; by token also `api.tasks.advance.post`.
         */
        post: operations["advanceTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/callbacks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * URLs that are told how the runs of a task end
         * @description Permission: `tasks.view`; by token also `api.tasks.callbacks.get`.
         */
        get: operations["listTaskCallbacks"];
        put?: never;
        /**
         * Let a URL be told how the runs of a task end
         * @description A POST of a CloudEvent 1.0 in JSON (`execution.finished`) for each run that ends from now on, on each device. Any answer of 2xx takes it; else it is tried again for 24 hours. A receiver may get a message twice: its `id` tells.
         *
         *     Permission: `tasks.edit`; by token also `api.tasks.callbacks.post`.
         */
        post: operations["addTaskCallback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/callbacks/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a callback of a task with its last delivery
         * @description Permission: `tasks.view`; by token also `api.tasks.callbacks.get`.
         */
        get: operations["getTaskCallback"];
        put?: never;
        post?: never;
        /**
         * Tell a URL nothing more
         * @description What waits is not sent any more.
         *
         *     Permission: `tasks.edit`; by token also `api.tasks.callbacks.delete`.
         */
        delete: operations["deleteTaskCallback"];
        options?: never;
        head?: never;
        /**
         * Change a callback of a task
         * @description Messages that wait are sent to the new URL.
         *
         *     Permission: `tasks.edit`; by token also `api.tasks.callbacks.patch`.
         */
        patch: operations["patchTaskCallback"];
        trace?: never;
    };
    "/tasks/{id}/copy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a copy of a task, with what the body says otherwise
         * @description Permission: `tasks.copy`; by token also `api.tasks.copy.post`.
         */
        post: operations["copyTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/device-count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Count on how many devices a group task has run
         * @description Permission: `tasks.view`; by token also `api.tasks.device-count.post`.
         */
        post: operations["countTaskDevices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every device of the group with its report
         * @description By identity. With a rare `status` a page may be shorter than `limit` although `next` is set.
         *
         *     Permission: `tasks.view`; by token also `api.tasks.devices.get`.
         */
        get: operations["listTaskDevices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/edition-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who changed the definition of a task, newest first
         * @description Kept after the task was deleted.
         *
         *     Permission: `tasks.view`; by token also `api.tasks.edition-log.get`.
         */
        get: operations["getEditionLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/edition-log/{edition}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a task the definition back that it had after an earlier change
         * @description Permission: `tasks.edit`; by token also `api.tasks.edition-log.restore.post`.
         */
        post: operations["restoreEdition"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exclude a device or a subgroup from a group task
         * @description A run that is parked there is frozen. A one-off task that has run on the device is not paused.
         *
         *     Permission: `tasks.pauseDevice` or `tasks.pauseGroup`; by token also `api.tasks.pause.post`.
         */
        post: operations["pauseTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/pauses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The devices on which a group task is paused, the earliest first
         * @description Subgroups stand in the task itself: `pausedGroups`.
         *
         *     Permission: `tasks.view`; by token also `api.tasks.pauses.get`.
         */
        get: operations["listPauses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/restart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reset the report of a task, so that it runs again
         * @description A group task: on the device that the body names, else on all devices.
         *
         *     Permission: `tasks.rerun`; by token also `api.tasks.restart.post`.
         */
        post: operations["restartTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/restart-failed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a group task run again where it ended with ERROR
         * @description Costs the same however many devices there are: reports of before count as not started.
         *
         *     Permission: `tasks.rerun`; by token also `api.tasks.restart-failed.post`.
         */
        post: operations["restartFailedTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a group task run again on a device or subgroup for which it was paused
         * @description Permission: `tasks.pauseDevice` or `tasks.pauseGroup`; by token also `api.tasks.resume.post`.
         */
        post: operations["resumeTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/rollout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far the rollout of a group task has come, and what it waits for
         * @description The waves are a setting of the task (`rollout`).
         *
         *     Permission: `tasks.view`; by token also `api.tasks.rollout.get`.
         */
        get: operations["getRollout"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/rollout/continue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go on after a pause
         * @description Past a stop by a rule `note` must say why; the rules look at results from then on.
         *
         *     Permission: `tasks.rollout`; by token also `api.tasks.rollout.continue.post`.
         */
        post: operations["continueRollout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/rollout/open-all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let all devices in that are left
         * @description In place of the waves that were still to come. Not while the rollout is paused.
         *
         *     Permission: `tasks.rollout`; by token also `api.tasks.rollout.open-all.post`.
         */
        post: operations["openAllWaves"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/rollout/open-next": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open the next wave now
         * @description Whatever it waits for. Not while the rollout is paused.
         *
         *     Permission: `tasks.rollout`; by token also `api.tasks.rollout.open-next.post`.
         */
        post: operations["openNextWave"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/rollout/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let no device begin from now on
         * @description Runs that have begun end.
         *
         *     Permission: `tasks.rollout`; by token also `api.tasks.rollout.pause.post`.
         */
        post: operations["pauseRollout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Reports of a task by status, by summary and over time
         * @description Permission: `tasks.view`; by token also `api.tasks.statistics.get`.
         */
        get: operations["getGroupTaskStatistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a task that puts back the values that a task has replaced
         * @description On the device of the task; a group task is undone by a task of the same group, which puts back on each device what was replaced there, and is inactive unless `active` says otherwise. Deactivate the group task first, or devices that join later set the values again.
         *
         *     Permission: `tasks.add`; by token also `api.tasks.undo.post`.
         */
        post: operations["undoTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/edition-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who changed which definition, newest first: of all tasks and templates in view
         * @description Deletions included. With `Accept: text/csv` or `application/x-ndjson` the whole result is streamed (permission `devices.export`).
         *
         *     Permission: `tasks.view`; by token also `api.tasks.edition-log.get`.
         */
        get: operations["listEditions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/rehearse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Play a task against the stored data model of a device
         * @description Nothing is sent and nothing is stored. `scope: first-session` is a dry run: the requests that the next session would see.
         *
         *     Permission: `tasks.view`; by token also `api.tasks.rehearse.post`.
         */
        post: operations["rehearseTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * List tasks by a long filter
         * @description Permission: `tasks.view`; by token also `api.tasks.search.post`.
         */
        post: operations["searchTasks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Numbers of tasks by type
         * @description Permission: `tasks.view`; by token also `api.tasks.statistics.get`.
         */
        get: operations["getTaskStatistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List templates, by name
         * @description Those of the caller’s domain, of those below it, and, read-only, of those above it.
         *
         *     Permission: `templates.manage` or `tasks.view` or `quickfix.run`; by token also `api.templates.get`.
         */
        get: operations["listTemplates"];
        put?: never;
        /**
         * Add a template
         * @description Permission: `templates.manage`; by token also `api.templates.post`.
         */
        post: operations["createTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a template
         * @description Permission: `templates.manage` or `tasks.view` or `quickfix.run`; by token also `api.templates.get`.
         */
        get: operations["getTemplate"];
        put?: never;
        post?: never;
        /**
         * Delete a template
         * @description Refused with `in-use` while something refers to it, unless `confirmed=true`. Tasks made from it stay.
         *
         *     Permission: `templates.manage`; by token also `api.templates.delete`.
         */
        delete: operations["deleteTemplate"];
        options?: never;
        head?: never;
        /**
         * Change a template; tasks made from it stay as they are
         * @description Fields that are given replace the stored ones whole. A masked value that is sent back keeps the stored one.
         *
         *     Permission: `templates.manage`; by token also `api.templates.patch`.
         */
        patch: operations["patchTemplate"];
        trace?: never;
    };
    "/templates/{id}/edition-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who changed a template, newest first
         * @description Permission: `templates.manage`; by token also `api.templates.edition-log.get`.
         */
        get: operations["getTemplateEditionLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{id}/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a task that is made from a template
         * @description The task is a copy: later changes of either do not touch the other. Missing, unknown and wrong parameters are refused before anything is created. `Prefer: wait=N` as for `POST /tasks`.
         *
         *     Permission: `tasks.add`; by token also `api.templates.tasks.post`.
         */
        post: operations["createTaskFromTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{id}/uses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What refers to a template
         * @description Permission: `templates.manage`; by token also `api.templates.uses.get`.
         */
        get: operations["getTemplateUses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/transfer/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export all templates, quick fixes, schedules, services or tasks that the caller sees
         * @description Quick fixes are buttons of templates and are moved apart from them. Needs `admin.transfer.<kind>`.
         *
         *     Permission: `admin.transfer.templates` or `admin.transfer.quick-fixes` or `admin.transfer.schedules` or `admin.transfer.services` or `admin.transfer.tasks`; by token also `api.transfer.get`.
         */
        get: operations["exportItems"];
        put?: never;
        /**
         * Import what was exported, here or elsewhere
         * @description Things are known by their names (schedules and tasks by their ids, services by their keys). What is wrong with one item refuses that item alone. Needs `admin.transfer.<kind>`.
         *
         *     Permission: `admin.transfer.templates` or `admin.transfer.quick-fixes` or `admin.transfer.schedules` or `admin.transfer.services` or `admin.transfer.tasks`; by token also `api.transfer.post`.
         */
        post: operations["importItems"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List users
         * @description Permission: `admin.users`; by token also `api.users.get`.
         */
        get: operations["listUsers"];
        put?: never;
        /**
         * Add a user
         * @description Permission: `admin.users`; by token also `api.users.post`.
         */
        post: operations["createUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{login}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a user
         * @description Permission: `admin.users`; by token also `api.users.get`.
         */
        get: operations["getUser"];
        put?: never;
        post?: never;
        /**
         * Delete a user with all tokens; the name stays in histories
         * @description Permission: `admin.users`; by token also `api.users.delete`.
         */
        delete: operations["deleteUser"];
        options?: never;
        head?: never;
        /**
         * Change a user: permissions, domain, activity, password
         * @description Deactivating a user, or giving a new password, ends the user’s sessions and access tokens.
         *
         *     Permission: `admin.users`; by token also `api.users.patch`.
         */
        patch: operations["patchUser"];
        trace?: never;
    };
    "/users/{login}/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the API tokens of a user
         * @description Permission: `me.tokens` or `admin.tokens`; by token also `api.users.tokens.get`.
         */
        get: operations["listTokens"];
        put?: never;
        /**
         * Make an API token
         * @description Scopes are a subset of the owner’s permissions. The value is shown in this answer and never again; a repetition with the same `Idempotency-Key` does not show it.
         *
         *     Permission: `me.tokens` or `admin.tokens`; by token also `api.users.tokens.post`.
         */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{login}/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Invalidate an API token
         * @description Permission: `me.tokens` or `admin.tokens`; by token also `api.users.tokens.delete`.
         */
        delete: operations["deleteToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AccessToken: {
            access_token: string;
            /** @description Seconds; renewed at each call */
            expires_in: number;
            /** @constant */
            token_type: "Bearer";
        };
        Activity: {
            actor: string;
            /** Format: date-time */
            at: string;
            by: string;
            device: string;
            id: string;
            kind: string;
            object: string;
        };
        ActivityList: {
            items: components["schemas"]["Activity"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        AddObjectInput: {
            comment?: string;
            connect?: components["schemas"]["Connect"];
            /** @description A path or a meaning */
            objectName: string;
            priority?: number;
            /** @description Initial values; keys are relative to the new instance */
            values?: {
                key: string;
                type?: string;
                value: string;
            }[];
        };
        AddressUse: {
            address: string;
            /**
             * Format: date-time
             * @description The first session from it
             */
            from: string;
            /** @description The first session from another; null = it has it still */
            to: string | null;
        };
        AddressUseList: {
            items: components["schemas"]["AddressUse"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        Alert: {
            caption: string;
            /** Format: date-time */
            changedAt: string;
            description: string;
            /** @description The device on which that task ran */
            device: string;
            domain: string;
            id: string;
            raised: boolean;
            /** @description Since when; null = it is not raised */
            raisedAt: string | null;
            /** @description DEBUG 0, INFO 500, WARN 1000, ERROR 2000 */
            severity: number;
            /** @description Identity of the device, or name of the group */
            target: string;
            /** @enum {string} */
            targetKind: "device" | "group";
            /** @description The task that changed it last */
            task: string;
            /** @description Names it together with its target */
            type: string;
        };
        AlertList: {
            items: components["schemas"]["Alert"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        AuditEntry: {
            action: string;
            address: string;
            /** Format: date-time */
            at: string;
            difference: {
                [key: string]: unknown;
            } | null;
            id: string;
            object: string;
            requestId: string;
            result: string;
            token: string | null;
            user: string;
        };
        AuditList: {
            items: components["schemas"]["AuditEntry"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        BackupInput: {
            comment?: string;
            connect?: components["schemas"]["Connect"];
            priority?: number;
        };
        BlacklistInput: {
            blacklisted: boolean;
            reason?: string;
        };
        CallbackDelivery: {
            attempts: number;
            /** @description What was wrong at the newest try; empty = nothing */
            detail: string;
            /** @description Identity of the device; in a path it is percent-encoded once more */
            device: string;
            execution: string;
            lastAttemptAt: string | null;
            nextAttemptAt: string | null;
            /** Format: date-time */
            queuedAt: string;
            run: number;
            /**
             * @description `waiting`: is tried again. `delivered`: answered with 2xx. `failed`: given up after 24 hours
             * @enum {string}
             */
            state: "waiting" | "delivered" | "failed";
            /** @description HTTP status of the newest answer */
            status: number | null;
        };
        Campaign: {
            /** @description Neither suspended nor stopped nor finished */
            active: boolean;
            /** @description Whether members of its subgroups are asked too; else its direct members alone */
            appliesToSubgroups: boolean;
            /** Format: date-time */
            createdAt: string;
            description: string;
            domain: string;
            /** Format: date-time */
            editedAt: string;
            end: string | null;
            /**
             * @description `once`: a device is done when it was contacted. `continuously`: again and again until the end
             * @enum {string}
             */
            execute: "once" | "continuously";
            /** @description Id of a saved filter of devices that members must match; null = none */
            filter: string | null;
            finished: {
                /** Format: date-time */
                at: string;
                /** @enum {string} */
                reason: "end" | "done";
            } | null;
            group: string;
            id: string;
            /** @description Continuously: at least so long between two requests to one device; null = it executes once */
            interval: string | null;
            /** @description Devices that were not seen since then are skipped; null = it does not matter */
            minimumLastVisit: string | null;
            /** @description Skips devices whose next session would run nothing */
            onlyIfTasksWait: boolean;
            /** @description Requests over all its devices in any minute */
            perMinute: number;
            /**
             * @description `planned`: before its start. `waiting`: outside its schedule. `suspended`: by hand. `stopped`: the failure limit was reached. `finished`: the end has come, or all devices are done
             * @enum {string}
             */
            phase: "planned" | "running" | "waiting" | "suspended" | "stopped" | "finished";
            /** @description Why it stands still, in words; empty = nothing to say */
            phaseText: string;
            /** @description As last counted; null = never */
            progress: components["schemas"]["CampaignProgress"] | null;
            retries: {
                /** @description Attempts for one device; then it is failed */
                attempts: number;
                /**
                 * Format: duration
                 * @description Between two of them
                 */
                pause: string;
            };
            /** @description A predefined schedule by reference, or one of its own; null = always */
            schedule: ({
                ref: string;
            } | {
                description: string;
                /** @description Exclusive */
                end: string | null;
                /** @description The week from Monday 00:00: 168 hexadecimal digits, one an hour, whose bits are its quarters, the first the highest */
                map: string;
                /** @description Inclusive */
                start: string | null;
                /** @description IANA time zone; empty = the server’s */
                zone: string;
            }) | null;
            /** @description The schedule in words */
            scheduleText: string;
            /** Format: date-time */
            start: string;
            stopped: {
                /** Format: date-time */
                at: string;
                ended: number;
                failures: number;
            } | null;
            /** @description Stops when more than this share of the attempts has failed, once so many have ended; null = nothing stops it */
            stopWhen: {
                after: number;
                percent: number;
            } | null;
            /** @description When a device counts as contacted. `session`: it has come. `task`: this task has besides ended there without an error */
            success: {
                /** @constant */
                kind: "session";
            } | {
                /** @constant */
                kind: "task";
                task: string;
            };
            suspended: {
                /** Format: date-time */
                at: string;
                by: string;
                reason: string;
            } | null;
            user: string;
            version: number;
        };
        CampaignDevice: {
            /** @description Since it was last contacted or skipped */
            attempts: number;
            cameAt: string | null;
            contactedAt: string | null;
            /** @description How often it was contacted */
            contacts: number;
            /** @description Identity of the device; in a path it is percent-encoded once more */
            device: string;
            /** @description Its next turn is not before it */
            nextAt: string | null;
            /** @description Why it was skipped, the outcome of the last request, or what became of the task */
            reason: string;
            requestedAt: string | null;
            /** @description All that were sent to it */
            requests: number;
            /** @enum {string} */
            state: "pending" | "requested" | "contacted" | "failed" | "skipped";
        };
        CampaignDeviceList: {
            items: components["schemas"]["CampaignDevice"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        /** @description What is left out takes its default */
        CampaignInput: {
            /** @description Whether members of its subgroups are asked too; else its direct members alone */
            appliesToSubgroups?: boolean;
            description?: string;
            domain?: string;
            /** @description RFC 3339, or an ISO 8601 duration from now; nothing is sent after it; null = never */
            end?: string | null;
            /**
             * @description `once`: a device is done when it was contacted. `continuously`: again and again until the end; default `once`
             * @enum {string}
             */
            execute?: "once" | "continuously";
            /** @description Id of a saved filter of devices that members must match; null = none */
            filter?: string | null;
            /** @description Full name of a group */
            group: string;
            /** @description Continuously: at least so long between two requests to one device; null = it executes once. ISO 8601; default PT1H */
            interval?: string | null;
            /** @description Devices that were not seen since then are skipped; null = it does not matter. RFC 3339, or an ISO 8601 duration from now, such as -P30D */
            minimumLastVisit?: string | null;
            /** @description Skips devices whose next session would run nothing */
            onlyIfTasksWait?: boolean;
            /** @description Requests over all its devices in any minute; default 60 */
            perMinute?: number;
            retries?: {
                /** @description Attempts for one device; then it is failed; default 3 */
                attempts?: number;
                /** @description Between two of them; ISO 8601, default PT15M */
                pause?: string;
            };
            /** @description A predefined schedule by reference, or one of its own; null = always */
            schedule?: ({
                ref: string;
            } | {
                description?: string;
                /** @description RFC 3339; exclusive */
                end?: string | null;
                /** @description Left out: every slot */
                map?: string;
                /** @description RFC 3339; inclusive */
                start?: string | null;
                zone?: string;
            }) | null;
            /** @description RFC 3339, or an ISO 8601 duration from now; null = now */
            start?: string | null;
            /** @description Stops when more than this share of the attempts has failed, once so many have ended; null = nothing stops it; default 50 % after 100 */
            stopWhen?: {
                after?: number;
                percent?: number;
            } | null;
            /** @description When a device counts as contacted. `session`: it has come. `task`: this task has besides ended there without an error */
            success?: {
                /** @constant */
                kind: "session";
            } | {
                /** @constant */
                kind: "task";
                task: string;
            };
        };
        CampaignList: {
            items: components["schemas"]["Campaign"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        /** @description What is left out stays; counts for what has not been sent */
        CampaignPatch: {
            /** @description Whether members of its subgroups are asked too; else its direct members alone */
            appliesToSubgroups?: boolean;
            description?: string;
            domain?: string;
            /** @description RFC 3339, or an ISO 8601 duration from now; nothing is sent after it; null = never */
            end?: string | null;
            /**
             * @description `once`: a device is done when it was contacted. `continuously`: again and again until the end; default `once`
             * @enum {string}
             */
            execute?: "once" | "continuously";
            /** @description Id of a saved filter of devices that members must match; null = none */
            filter?: string | null;
            /** @description Full name of a group */
            group?: string;
            /** @description Continuously: at least so long between two requests to one device; null = it executes once. ISO 8601; default PT1H */
            interval?: string | null;
            /** @description Devices that were not seen since then are skipped; null = it does not matter. RFC 3339, or an ISO 8601 duration from now, such as -P30D */
            minimumLastVisit?: string | null;
            /** @description Skips devices whose next session would run nothing */
            onlyIfTasksWait?: boolean;
            /** @description Requests over all its devices in any minute; default 60 */
            perMinute?: number;
            retries?: {
                /** @description Attempts for one device; then it is failed; default 3 */
                attempts?: number;
                /** @description Between two of them; ISO 8601, default PT15M */
                pause?: string;
            };
            /** @description A predefined schedule by reference, or one of its own; null = always */
            schedule?: ({
                ref: string;
            } | {
                description?: string;
                /** @description RFC 3339; exclusive */
                end?: string | null;
                /** @description Left out: every slot */
                map?: string;
                /** @description RFC 3339; inclusive */
                start?: string | null;
                zone?: string;
            }) | null;
            /** @description RFC 3339, or an ISO 8601 duration from now; null = now */
            start?: string | null;
            /** @description Stops when more than this share of the attempts has failed, once so many have ended; null = nothing stops it; default 50 % after 100 */
            stopWhen?: {
                after?: number;
                percent?: number;
            } | null;
            /** @description When a device counts as contacted. `session`: it has come. `task`: this task has besides ended there without an error */
            success?: {
                /** @constant */
                kind: "session";
            } | {
                /** @constant */
                kind: "task";
                task: string;
            };
        };
        CampaignProgress: {
            /**
             * Format: date-time
             * @description When it was counted
             */
            at: string;
            contacted: number;
            failed: number;
            /** @description Whose turn is to come, or comes again */
            pending: number;
            /** @description Contacted of planned */
            percent: number;
            /** @description Members that match */
            planned: number;
            /** @description Were asked; the answer is awaited */
            requested: number;
            /**
             * Format: duration
             * @description That asking all planned devices once takes at this pace
             */
            shortest: string;
            skipped: number;
        };
        /**
         * @description `try` sends a connection request; `require` answers 504, and leaves no task, when the device cannot be reached
         * @enum {string}
         */
        Connect: "none" | "try" | "require";
        /** @enum {string} */
        ConnectionOutcome: "waiting" | "accepted" | "session-started" | "accepted-no-session" | "already-in-session" | "refused-401" | "busy-503" | "unreachable" | "timeout" | "no-url" | "not-allowed";
        ConnectionRequest: {
            acceptedAt: string | null;
            attempts: {
                /** Format: date-time */
                at: string;
                detail: string;
                /** @description Milliseconds */
                duration: number;
                outcome: components["schemas"]["ConnectionOutcome"];
                status: number | null;
                url: string;
            }[];
            /** @description When the Inform with `6 CONNECTION REQUEST` came */
            cameAt: string | null;
            /** @description Identity of the device; in a path it is percent-encoded once more */
            device: string;
            id: string;
            nextAttemptAt: string | null;
            /** @description True until a final outcome is known */
            open: boolean;
            outcome: components["schemas"]["ConnectionOutcome"];
            /** Format: date-time */
            requestedAt: string;
            user: string;
        };
        ConnectionRequestList: {
            items: components["schemas"]["ConnectionRequest"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        Contact: {
            expectedVisit: string | null;
            /** @description Since when the state holds, where it is known */
            since: string | null;
            state: components["schemas"]["ContactState"];
            upgrading: boolean;
        };
        /** @enum {string} */
        ContactState: "in-session" | "on-time" | "overdue" | "inactive" | "never-seen";
        DeleteObjectInput: {
            comment?: string;
            connect?: components["schemas"]["Connect"];
            /** @description A path or a meaning */
            objectName: string;
            priority?: number;
        };
        DetachInput: {
            subgroups?: boolean;
        };
        Device: {
            blacklisted: boolean;
            connectionRequestUrl: string | null;
            contact: components["schemas"]["Contact"];
            /** Format: date-time */
            createdAt: string;
            credentials: {
                /** @description The password is never read back */
                acs: {
                    /** @constant */
                    set: true;
                    username: string;
                } | null;
                /** @description The password is never read back */
                connectionRequest: {
                    /** @constant */
                    set: true;
                    username: string;
                } | null;
            };
            cwmpNamespace: string | null;
            cwmpVersion: string | null;
            description: string;
            domain: string;
            editedBy: {
                /** Format: date-time */
                at: string;
                user: string;
            } | null;
            groups: string[];
            hardwareVersion: string | null;
            /** @description Identity of the device; in a path it is percent-encoded once more */
            id: string;
            /** @description Identity of the device; in a path it is percent-encoded once more */
            identity: string;
            /** @description Values by meaning; those of secrets are masked */
            indexed: {
                [key: string]: string;
            };
            lastBoot: string | null;
            lastBootstrap: string | null;
            lastInform: {
                /** @description As sent; it may be no date at all */
                currentTime: string;
                events: string[];
                maxEnvelopes: number;
                retryCount: number;
            } | null;
            lastTaskExecution: string | null;
            lastVisit: string | null;
            mac: string | null;
            managed: boolean;
            manufacturer: string;
            model: string | null;
            oui: string;
            parameterKey: string | null;
            /** @description Seconds */
            periodicInformInterval: number | null;
            productClass: string;
            properties: {
                [key: string]: string;
            };
            provisioningCode: string | null;
            root: string;
            serialNumber: string;
            softwareVersion: string | null;
            sourceIp: string | null;
            tags: string[];
            version: number;
            wanIp: string | null;
        };
        DeviceCredentialsInput: {
            /** @description null = none of its own */
            acs?: {
                password: string;
                username: string;
            } | null;
            /** @description null = none of its own */
            connectionRequest?: {
                password: string;
                username: string;
            } | null;
        };
        DeviceGroup: {
            description: string;
            direct: boolean;
            effectivePriority: number;
            /** @description How it joined, as far as it is known */
            joined: {
                /** @description `user`, `rule`, `task`, `device-type` or `system` */
                actor: string;
                /** Format: date-time */
                at: string;
                by: string;
            } | null;
            kind: components["schemas"]["GroupKind"] | null;
            name: string;
        };
        DeviceGroups: {
            items: components["schemas"]["DeviceGroup"][];
        };
        DeviceInput: {
            blacklisted?: boolean;
            credentials?: components["schemas"]["DeviceCredentialsInput"];
            description?: string;
            domain?: string;
            groups?: string[];
            managed?: boolean;
            manufacturer?: string;
            oui: string;
            /** @default  */
            productClass: string;
            properties?: {
                [key: string]: string;
            };
            serialNumber: string;
            tags?: string[];
        };
        DeviceList: {
            items: components["schemas"]["Device"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description How rows were found, where an expression was evaluated for each of them */
            notice?: string;
            /** @description Only with `count=true` */
            total?: number;
        };
        DevicePatch: {
            blacklisted?: boolean;
            credentials?: components["schemas"]["DeviceCredentialsInput"];
            description?: string;
            domain?: string;
            groups?: string[];
            managed?: boolean;
            /** @description Merge patch: null removes a property */
            properties?: {
                [key: string]: string | null;
            };
            tags?: string[];
        };
        DeviceProperties: {
            items: components["schemas"]["DeviceProperty"][];
            version: number;
        };
        /** @description By name; null removes one, others stay */
        DevicePropertiesPatch: {
            [key: string]: components["schemas"]["DevicePropertyInput"] | null;
        };
        /** @description By name; what is left out is removed */
        DevicePropertiesReplace: {
            [key: string]: components["schemas"]["DevicePropertyInput"];
        };
        DeviceProperty: {
            name: string;
            secret: boolean;
            /** @description Secrets are masked unless the caller has `secrets.view` */
            value: string;
        };
        DevicePropertyInput: {
            /** @description Left out = as it is, or as its descriptor says */
            secret?: boolean;
            value: string;
        };
        /** @description What is left out takes its default; domain, groups and credentials stay */
        DeviceReplace: {
            blacklisted?: boolean;
            credentials?: components["schemas"]["DeviceCredentialsInput"];
            description?: string;
            domain?: string;
            groups?: string[];
            managed?: boolean;
            manufacturer?: string;
            oui?: string;
            productClass?: string;
            properties?: {
                [key: string]: string;
            };
            serialNumber?: string;
            tags?: string[];
        };
        DeviceSearch: {
            count?: boolean;
            cursor?: string;
            /** @description A domain, or one below it */
            domain?: string;
            /** @description A Boolean expression, for what the filter language cannot say. What the store can decide of it is cheap; else it is evaluated row by row: refused beyond 20,000 candidates, and a page ends after 10 s (`notice` says so) */
            expression?: string;
            /** @description Comma-separated names of fields; `parameters.<path>` adds a cached parameter */
            fields?: string;
            /** @description Filter language: `priority gt 5 and not (type eq "Reboot")`; operators eq ne lt le gt ge contains startsWith matches in exists */
            filter?: string;
            /** @description A group, or one below it */
            group?: string;
            /** @description WAN address or source address, exactly */
            ip?: string;
            limit?: number;
            /** @description MAC address, exactly, in any notation */
            mac?: string;
            /** @description Model name, exactly */
            model?: string;
            /** @description OUI, exactly */
            oui?: string;
            property?: {
                [key: string]: string;
            };
            q?: string;
            /** @description Id of a saved filter of this list */
            savedFilter?: string;
            /** @description The simple search in one column */
            search?: {
                column: string;
                /** @enum {string} */
                operator: "contains" | "startsWith" | "eq" | "ne";
                text: string;
            };
            /** @description Serial number, exactly */
            serial?: string;
            /** @description Software version, exactly */
            software?: string;
            /** @description Comma-separated: identity, serial, serialNumber, model, software, softwareVersion, ip, wanIp, createdAt, lastVisit, lastBootstrap; a minus turns the order */
            sort?: string;
            state?: components["schemas"]["ContactState"][];
            /** @description A tag */
            tag?: string;
        };
        DeviceService: {
            /** @description When it was activated the last time */
            activatedAt: string | null;
            /** @description What activating it asks for */
            activation: components["schemas"]["TemplateParameter"][];
            /** @description The profile of the device offers it */
            available: boolean;
            caption: string;
            changedAt: string | null;
            configurable: boolean;
            /** @description What configuring it asks for */
            configuration: components["schemas"]["TemplateParameter"][];
            description: string;
            icon: string;
            /** @description Key of the service */
            key: string;
            /** @enum {string} */
            state: "inactive" | "activating" | "active" | "deactivating" | "failed";
            /** @description What the last task said */
            summary: string;
            /** @description The task that is to change it */
            task: string | null;
        };
        DeviceServiceList: {
            items: components["schemas"]["DeviceService"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        DeviceState: {
            contact: components["schemas"]["Contact"];
            expectedVisit: string | null;
            pendingTasks: number;
            sessionNow: {
                id: string;
                startedAt: string | null;
            } | null;
        };
        DownloadInput: {
            comment?: string;
            connect?: components["schemas"]["Connect"];
            fileType?: string;
            priority?: number;
            /** @description Id or name of a resource */
            resource: string;
        };
        Edition: {
            after: {
                [key: string]: unknown;
            } | null;
            /** Format: date-time */
            at: string;
            before: {
                [key: string]: unknown;
            } | null;
            device: string | null;
            group: string | null;
            id: string;
            /** @enum {string} */
            kind: "created" | "modified" | "deleted";
            /** @description Id of the task; that of a template begins with `t:` */
            task: string;
            user: string;
        };
        EditionList: {
            items: components["schemas"]["Edition"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        EffectiveProfile: {
            items: {
                /** @description Overrides what groups below set, or also what devices set themselves; null = not locked */
                lock: ("groups" | "groups-and-devices") | null;
                /** @description The strongest first */
                losers: {
                    /** @description Overrides what groups below set, or also what devices set themselves; null = not locked */
                    lock: ("groups" | "groups-and-devices") | null;
                    secret: boolean;
                    source: {
                        group: string | null;
                        /** @enum {string} */
                        kind: "device" | "group" | "default";
                    };
                    /** @description Secrets are masked unless the caller has `secrets.view` */
                    value: string;
                }[];
                name: string;
                secret: boolean;
                source: {
                    group: string | null;
                    /** @enum {string} */
                    kind: "device" | "group" | "default";
                };
                /** @description Only the alphabet decided between two groups: set a priority */
                tie: boolean;
                /** @description Secrets are masked unless the caller has `secrets.view` */
                value: string;
            }[];
        };
        Event: {
            data: {
                [key: string]: unknown;
            };
            domain: string;
            id: string;
            source: string;
            /** @constant */
            specversion: "1.0";
            /** @description The device or object that it is about */
            subject: string;
            /** Format: date-time */
            time: string;
            type: string;
        };
        EventList: {
            items: components["schemas"]["Event"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        Execution: {
            blocking: boolean;
            commandKey: string | null;
            deadline: string | null;
            /** @description Variables and results; values of secrets are masked */
            details: {
                name: string;
                value: string;
            }[];
            /** @description Identity of the device; in a path it is percent-encoded once more */
            device: string;
            duration: string | null;
            fault: components["schemas"]["RecordedFault"] | null;
            finishTime: string | null;
            id: string;
            /** Format: date-time */
            lastUpdateTime: string;
            run: number;
            stage: string | null;
            startTime: string | null;
            status: components["schemas"]["ExecutionStatus"];
            summary: string;
            task: string;
            taskName: string;
            taskType: string;
            transfers: components["schemas"]["ExecutionTransfer"][];
        };
        ExecutionBrief: {
            blocking: boolean;
            commandKey: string | null;
            deadline: string | null;
            /** @description Identity of the device; in a path it is percent-encoded once more */
            device: string;
            duration: string | null;
            fault: components["schemas"]["RecordedFault"] | null;
            finishTime: string | null;
            id: string;
            /** Format: date-time */
            lastUpdateTime: string;
            run: number;
            stage: string | null;
            startTime: string | null;
            status: components["schemas"]["ExecutionStatus"];
            summary: string;
            task: string;
        };
        ExecutionList: {
            items: components["schemas"]["Execution"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description How rows were found, where an expression was evaluated for each of them */
            notice?: string;
            /** @description Only with `count=true` */
            total?: number;
        };
        ExecutionReport: {
            blocking: boolean;
            commandKey: string | null;
            deadline: string | null;
            /** @description Variables and results; values of secrets are masked */
            details: {
                name: string;
                value: string;
            }[];
            /** @description Identity of the device; in a path it is percent-encoded once more */
            device: string;
            duration: string | null;
            fault: components["schemas"]["RecordedFault"] | null;
            finishTime: string | null;
            id: string;
            /** Format: date-time */
            lastUpdateTime: string;
            /** @description Null = nothing */
            replaced: components["schemas"]["Replaced"] | null;
            run: number;
            stage: string | null;
            startTime: string | null;
            status: components["schemas"]["ExecutionStatus"];
            summary: string;
            task: string;
            taskName: string;
            taskType: string;
            transfers: components["schemas"]["ExecutionTransfer"][];
        };
        ExecutionSearch: {
            cursor?: string;
            /** @description Identity of the device; in a path it is percent-encoded once more */
            device?: string;
            directTasksOnly?: boolean;
            /** @description A Boolean expression, for what the filter language cannot say. What the store can decide of it is cheap; else it is evaluated row by row: refused beyond 20,000 candidates, and a page ends after 10 s (`notice` says so) */
            expression?: string;
            /** @description Comma-separated names of fields; of an export its columns */
            fields?: string;
            /** @description Filter language: `priority gt 5 and not (type eq "Reboot")`; operators eq ne lt le gt ge contains startsWith matches in exists */
            filter?: string;
            limit?: number;
            /** @description Id of a saved filter of this list */
            savedFilter?: string;
            task?: string;
            /**
             * Format: date-time
             * @description RFC 3339
             */
            updatedSince?: string;
        };
        /** @enum {string} */
        ExecutionStatus: "NOT_STARTED" | "IN_PROGRESS" | "SUCCESS" | "WARNING" | "ERROR";
        ExecutionTransfer: {
            bytes: number;
            completedAt: string | null;
            firstRequestAt: string | null;
            /** @enum {string} */
            kind: "download" | "upload";
            requests: number;
            resource: string | null;
            size: number;
            /** @description HTTP status of the last request of the CPE */
            status: number | null;
        };
        /** @description With a device, a group, a task, properties or variables it is evaluated too */
        ExpressionCheck: {
            attribute?: string;
            /** @description Whose stored data are looked at */
            device?: string;
            /** @description A text with `${…}` parts, as it stands in a field */
            expression: string;
            /** @description Without a device: the group whose setting values `sv` reads */
            group?: string;
            /** @description Masks secrets for callers with `secrets.view` too; without it they see them, and the audit says so */
            masked?: boolean;
            /**
             * @description Where it stands: what it must give, and what it may use; default `sandbox`
             * @enum {string}
             */
            place?: "taskAttribute" | "executionCondition" | "migrationCondition" | "migrationDestination" | "relationCondition" | "relationTarget" | "deviceSearch" | "taskSearch" | "reportSearch" | "groupReportSearch" | "resourceSearch" | "templateDefault" | "cliExtract" | "configurationTemplate" | "sandbox";
            /** @description Of a task that is not stored: what `task.property` reads */
            properties?: {
                [key: string]: string;
            };
            /** @description At `taskAttribute`: the tag of a workflow, or the child of a configuration; default the root */
            tag?: string;
            /** @description The stored task that `task` is */
            task?: string;
            /** @description At `taskAttribute`: whose attribute it is */
            taskType?: string;
            /**
             * @description What it must give, at `sandbox` and `taskAttribute`; without it whatever it gives
             * @enum {string}
             */
            type?: "String" | "LiveDMQuery" | "Int" | "Double" | "Boolean" | "Long" | "Date" | "List[String]";
            /** @description Values of `#name` */
            variables?: {
                [key: string]: string;
            };
        };
        ExpressionChecked: {
            /** @description What it looks at */
            contexts: string[];
            /** @description Null where nothing was given to evaluate it on, or there are issues */
            evaluation: ({
                /** @description Names beyond those */
                moreReads: number;
                /** @constant */
                outcome: "value";
                /** @description What was looked at, each name once; at most 100 */
                reads: {
                    name: string;
                    /** @description Of a parameter: when the device told its value */
                    readAt: string | null;
                    /** @description As text, of secrets a mask; null = nothing is there */
                    value: string | null;
                }[];
                /** @description Of 200,000 that an evaluation may take */
                steps: number;
                /** @description Of the value */
                type: string;
                /** @description As text; what has none is written as an expression, a live query is not run */
                value: string | null;
            } | {
                issues: components["schemas"]["ExpressionIssue"][];
                /** @description Names beyond those */
                moreReads: number;
                /** @constant */
                outcome: "failed";
                /** @description What was looked at, each name once; at most 100 */
                reads: {
                    name: string;
                    /** @description Of a parameter: when the device told its value */
                    readAt: string | null;
                    /** @description As text, of secrets a mask; null = nothing is there */
                    value: string | null;
                }[];
                /** @description Of 200,000 that an evaluation may take */
                steps: number;
            }) | null;
            /** @description Empty: it can be saved */
            issues: components["schemas"]["ExpressionIssue"][];
            /** @description Of its value; null when there are issues */
            type: string | null;
            variables: string[];
        };
        ExpressionComplete: {
            attribute?: string;
            /** @description Whose stored data are looked at */
            device?: string;
            /** @description A text with `${…}` parts, as it stands in a field */
            expression: string;
            /** @description Without a device: the group whose setting values `sv` reads */
            group?: string;
            /** @description Of the caret, in UTF-16 units */
            offset: number;
            /**
             * @description Where it stands: what it must give, and what it may use; default `sandbox`
             * @enum {string}
             */
            place?: "taskAttribute" | "executionCondition" | "migrationCondition" | "migrationDestination" | "relationCondition" | "relationTarget" | "deviceSearch" | "taskSearch" | "reportSearch" | "groupReportSearch" | "resourceSearch" | "templateDefault" | "cliExtract" | "configurationTemplate" | "sandbox";
            /** @description Of a task that is not stored: what `task.property` reads */
            properties?: {
                [key: string]: string;
            };
            /** @description At `taskAttribute`: the tag of a workflow, or the child of a configuration; default the root */
            tag?: string;
            /** @description The stored task that `task` is */
            task?: string;
            /** @description At `taskAttribute`: whose attribute it is */
            taskType?: string;
            /**
             * @description What it must give, at `sandbox` and `taskAttribute`; without it whatever it gives
             * @enum {string}
             */
            type?: "String" | "LiveDMQuery" | "Int" | "Double" | "Boolean" | "Long" | "Date" | "List[String]";
            /** @description Values of `#name` */
            variables?: {
                [key: string]: string;
            };
        };
        ExpressionCompletion: {
            /** @description Where the word at the caret begins */
            from: number;
            items: {
                documentation: string;
                /** @description What takes the place of the text from `from` to `to` */
                insert: string;
                /** @enum {string} */
                kind: "context" | "function" | "method" | "property" | "parameter" | "variable" | "keyword" | "literal";
                label: string;
                /** @description Of the value; empty for a keyword */
                type: string;
            }[];
            to: number;
        };
        ExpressionEffort: {
            /** @description Names beyond those */
            moreReads: number;
            /** @description What was looked at, each name once; at most 100 */
            reads: {
                name: string;
                /** @description Of a parameter: when the device told its value */
                readAt: string | null;
                /** @description As text, of secrets a mask; null = nothing is there */
                value: string | null;
            }[];
            /** @description Of 200,000 that an evaluation may take */
            steps: number;
        };
        ExpressionEvaluate: {
            attribute?: string;
            /** @description Whose stored data are looked at */
            device?: string;
            /** @description A text with `${…}` parts, as it stands in a field */
            expression: string;
            /** @description Without a device: the group whose setting values `sv` reads */
            group?: string;
            /** @description Masks secrets for callers with `secrets.view` too; without it they see them, and the audit says so */
            masked?: boolean;
            /**
             * @description Where it stands: what it must give, and what it may use; default `sandbox`
             * @enum {string}
             */
            place?: "taskAttribute" | "executionCondition" | "migrationCondition" | "migrationDestination" | "relationCondition" | "relationTarget" | "deviceSearch" | "taskSearch" | "reportSearch" | "groupReportSearch" | "resourceSearch" | "templateDefault" | "cliExtract" | "configurationTemplate" | "sandbox";
            /** @description Of a task that is not stored: what `task.property` reads */
            properties?: {
                [key: string]: string;
            };
            /** @description At `taskAttribute`: the tag of a workflow, or the child of a configuration; default the root */
            tag?: string;
            /** @description The stored task that `task` is */
            task?: string;
            /** @description At `taskAttribute`: whose attribute it is */
            taskType?: string;
            /**
             * @description What it must give, at `sandbox` and `taskAttribute`; without it whatever it gives
             * @enum {string}
             */
            type?: "String" | "LiveDMQuery" | "Int" | "Double" | "Boolean" | "Long" | "Date" | "List[String]";
            /** @description Values of `#name` */
            variables?: {
                [key: string]: string;
            };
        };
        ExpressionIssue: {
            /** @description A type */
            expected?: string;
            found?: string;
            /** @description Offset in UTF-16 units */
            from: number;
            message: string;
            to: number;
        };
        ExpressionReference: {
            /** @description From tight to loose */
            operators: {
                documentation: string;
                forms: string[];
            }[];
            sections: {
                members: {
                    documentation: string;
                    name: string;
                    /** @description Type that it is called on; null = stands alone */
                    owner: string | null;
                    signature: string;
                }[];
                title: string;
            }[];
        };
        ExpressionValue: {
            /** @description Names beyond those */
            moreReads: number;
            /** @description What was looked at, each name once; at most 100 */
            reads: {
                name: string;
                /** @description Of a parameter: when the device told its value */
                readAt: string | null;
                /** @description As text, of secrets a mask; null = nothing is there */
                value: string | null;
            }[];
            /** @description Of 200,000 that an evaluation may take */
            steps: number;
            /** @description Of the value */
            type: string;
            /** @description As text; what has none is written as an expression, a live query is not run */
            value: string | null;
        };
        FactoryResetInput: {
            comment?: string;
            connect?: components["schemas"]["Connect"];
            priority?: number;
        };
        FieldIssue: {
            code: string;
            /** @description In an expression: offset in UTF-16 units */
            from?: number;
            message: string;
            /** @description JSON pointer (RFC 6901) into the body; parameters are below `/query`, `/path` and `/header` */
            pointer: string;
            to?: number;
        };
        FirmwareUpgradeInput: {
            comment?: string;
            connect?: components["schemas"]["Connect"];
            priority?: number;
            /** @description Id or name of a resource */
            resource: string;
            verifyVersion?: boolean;
        };
        Group: {
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
            description: string;
            domain: string;
            effectivePriority: number;
            id: string;
            kind: components["schemas"]["GroupKind"];
            name: string;
            parent: string | null;
            /** @description Higher wins; null = inherited */
            priority: number | null;
            /** @description The migration rule that made it */
            rule: string | null;
            rules: number;
            /** @description The last part of the name */
            segment: string;
            settings: number;
            /** @description Directly below */
            subgroups: number;
            version: number;
        };
        GroupInput: {
            description?: string;
            domain?: string;
            /** @description Full name; dots make levels */
            name: string;
            priority?: number | null;
        };
        /** @enum {string} */
        GroupKind: "system" | "user" | "tenant" | "device-type";
        GroupList: {
            items: components["schemas"]["Group"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        GroupMembersChanged: {
            /** @description Devices whose membership changed */
            changed: number;
            /** @description Given identities that are not in view */
            missing: string[];
        };
        GroupMembersInput: {
            devices?: string[];
            /** @description All devices in view that match, whatever the page; `{}` = all */
            search?: {
                filter?: string;
                q?: string;
            };
        };
        GroupMembersRemoval: {
            devices?: string[];
            /** @description All devices in view that match, whatever the page; `{}` = all */
            search?: {
                filter?: string;
                q?: string;
            };
            subgroups?: boolean;
        };
        GroupPatch: {
            description?: string;
            domain?: string;
            priority?: number | null;
        };
        GroupQuickFixPress: {
            appliesToSubgroups?: boolean;
            /** @description Where the quick fix asks each time; else its own rule holds */
            connect?: components["schemas"]["Connect"];
            /** @description Values of the parameters by their names; what is left out takes its default */
            parameters?: {
                [key: string]: unknown;
            };
        };
        /** @description What is left out takes its default; the domain stays */
        GroupReplace: {
            description?: string;
            domain?: string;
            priority?: number | null;
        };
        GroupService: {
            /** @description Members, subgroups included, with it; null = not counted */
            active: number | null;
            caption: string;
            description: string;
            /** @description The group whose value holds; null = this one, or none sets it */
            from: string | null;
            homeGroup: string | null;
            icon: string;
            /** @description Key of the service */
            key: string;
            /** @description To the direct members that have nothing of their own */
            offered: boolean;
            /** @description What the group itself sets; null = nothing */
            own: boolean | null;
        };
        GroupServiceInput: {
            /** @description Null = what the groups above say holds */
            offered: boolean | null;
        };
        GroupServiceList: {
            items: components["schemas"]["GroupService"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        GroupSetting: {
            /** Format: date-time */
            editedAt: string;
            editedBy: string;
            /** @description Overrides what groups below set, or also what devices set themselves; null = not locked */
            lock: ("groups" | "groups-and-devices") | null;
            name: string;
            secret: boolean;
            /** @description Secrets are masked unless the caller has `secrets.view` */
            value: string;
        };
        GroupSettingInput: {
            /** @description Overrides what groups below set, or also what devices set themselves; null = not locked */
            lock?: ("groups" | "groups-and-devices") | null;
            secret?: boolean;
            /** @description A mask that comes back keeps what is stored */
            value?: string;
        };
        GroupStatistics: {
            /** Format: date-time */
            countedAt: string;
            direct: number;
            /** @description With the members of all subgroups */
            total: number;
        };
        GroupTaskStatistics: {
            /** @description Current reports; devices that have none are not in it */
            byStatus: {
                ERROR: number;
                IN_PROGRESS: number;
                NOT_STARTED: number;
                SUCCESS: number;
                WARNING: number;
            };
            bySummary: {
                count: number;
                status: components["schemas"]["ExecutionStatus"];
                summary: string;
            }[];
            /** @description Ends of runs by the hour */
            overTime: {
                /** Format: date-time */
                at: string;
                ERROR: number;
                SUCCESS: number;
                WARNING: number;
            }[];
            task: string;
        };
        Health: {
            checks: {
                [key: string]: "ok" | "failed";
            };
            /** @enum {string} */
            status: "ok" | "unavailable";
        };
        InformEvent: {
            code: string;
            commandKey: string;
        };
        Job: {
            /** @description Failures in a row */
            failCount: number;
            /** @description Milliseconds */
            interval: number;
            lastFinishedAt: string | null;
            lastResult: {
                /** Format: date-time */
                at: string;
                /** @description Milliseconds */
                duration: number;
                ok: boolean;
                server: string;
                text: string;
            } | null;
            lastRunAt: string | null;
            name: string;
            nextRunAt: string | null;
            /** @description Whether a server works on it now */
            running: boolean;
            title: string;
        };
        JobList: {
            items: components["schemas"]["Job"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        JoinGroups: {
            groups: string[];
        };
        /** @enum {string} */
        LogLevel: "TRACE" | "DEBUG" | "INFO" | "WARN" | "ERROR" | "OFF";
        LogLine: {
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            level: "TRACE" | "DEBUG" | "INFO" | "WARN" | "ERROR";
            line: number;
            run: number;
            text: string;
        };
        LogLineList: {
            items: components["schemas"]["LogLine"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        ManagementInput: {
            managed: boolean;
            reason?: string;
        };
        Me: {
            administrator: boolean;
            /** @description Only for console sessions */
            csrfToken?: string;
            domain: string;
            lastLogin: string | null;
            login: string;
            name: string;
            permissions: string[];
            server: {
                cwmpUrl: string;
                name: string;
                /** Format: date-time */
                time: string;
                version: string;
            };
        };
        Meaning: {
            key: string;
            secret: boolean;
            title: string;
            tr098: string[];
            tr181: string[];
            type: string;
            unit: string | null;
            writable: boolean;
        };
        MeaningList: {
            items: components["schemas"]["Meaning"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        MemberSearch: {
            count?: boolean;
            cursor?: string;
            /** @description A Boolean expression, for what the filter language cannot say. What the store can decide of it is cheap; else it is evaluated row by row: refused beyond 20,000 candidates, and a page ends after 10 s (`notice` says so) */
            expression?: string;
            fields?: string;
            /** @description Filter language: `priority gt 5 and not (type eq "Reboot")`; operators eq ne lt le gt ge contains startsWith matches in exists */
            filter?: string;
            limit?: number;
            q?: string;
            /** @description Id of a saved filter of this list */
            savedFilter?: string;
            subgroups?: boolean;
        };
        MePatch: {
            name?: string;
        };
        MigrationDraft: {
            /** @description An expression, or `1` for always */
            condition: string;
            /** @description A group, with expressions; behind `~` a pattern over the names of existing groups */
            destination: string;
            /** @description Also for members of groups below */
            subgroups?: boolean;
        };
        MigrationDryRun: {
            destinations: {
                devices: number;
                exists: boolean;
                group: string;
            }[];
            /** @description Fewer than members when ten seconds were over */
            examined: number;
            failures: number;
            matched: number;
            members: number;
        };
        MigrationRule: {
            active: boolean;
            condition: string;
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
            destination: string;
            /** Format: date-time */
            editedAt: string;
            editedBy: string;
            /** @description Run-time errors since the rule was last changed */
            failures: number;
            group: string;
            id: string;
            lastFailure: {
                /** Format: date-time */
                at: string;
                device: string;
                message: string;
            } | null;
            notes: string;
            remove: boolean;
            /** @description The last run over all members */
            run: components["schemas"]["MigrationRun"] | null;
            subgroups: boolean;
            version: number;
        };
        MigrationRuleInput: {
            active?: boolean;
            /** @description An expression, or `1` for always */
            condition: string;
            /** @description A group, with expressions; behind `~` a pattern over the names of existing groups */
            destination: string;
            notes?: string;
            /** @description Matching devices leave the source group */
            remove?: boolean;
            /** @description Also for members of groups below */
            subgroups?: boolean;
        };
        MigrationRuleList: {
            items: components["schemas"]["MigrationRule"][];
        };
        MigrationRulePatch: {
            active?: boolean;
            /** @description An expression, or `1` for always */
            condition?: string;
            /** @description A group, with expressions; behind `~` a pattern over the names of existing groups */
            destination?: string;
            notes?: string;
            /** @description Matching devices leave the source group */
            remove?: boolean;
            /** @description Also for members of groups below */
            subgroups?: boolean;
        };
        MigrationRun: {
            done: number;
            failed: number;
            finishedAt: string | null;
            id: string;
            message: string;
            /** @description Devices whose groups changed */
            moved: number;
            /** Format: date-time */
            startedAt: string;
            /** @enum {string} */
            state: "running" | "finished" | "failed" | "cancelled";
            total: number;
            user: string;
        };
        ParameterList: {
            /** @description Parameters in the whole tree */
            count: number;
            items: components["schemas"]["ParameterNode"][];
            next: string | null;
            /** @description The newest reading in the whole tree */
            readAt: string | null;
        };
        ParameterNode: {
            children?: components["schemas"]["ParameterNode"][];
            meaning: string | null;
            notification: number | null;
            object: boolean;
            path: string;
            readAt: string | null;
            secret: boolean;
            type: string | null;
            /** @description `••••••` for secrets, unless the caller may see them */
            value: string | null;
            writable: boolean | null;
        };
        PasswordChange: {
            currentPassword: string;
            /** Format: password */
            newPassword: string;
        };
        PasswordGrant: {
            /** @constant */
            grant_type: "password";
            password: string;
            username: string;
        };
        PastRun: {
            details: {
                name: string;
                value: string;
            }[];
            /** @description Identity of the device; in a path it is percent-encoded once more */
            device: string;
            /**
             * Format: duration
             * @description ISO 8601
             */
            duration: string;
            execution: string;
            fault: components["schemas"]["RecordedFault"] | null;
            /** Format: date-time */
            finishTime: string;
            id: string;
            run: number;
            /** Format: date-time */
            startTime: string;
            status: components["schemas"]["ExecutionStatus"];
            summary: string;
            task: string;
            taskName: string;
            taskType: string;
        };
        PastRunList: {
            items: components["schemas"]["PastRun"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        Problem: {
            /** @enum {string} */
            code: "bad-request" | "validation" | "expression-error" | "idempotency-mismatch" | "unauthenticated" | "forbidden" | "not-found" | "method-not-allowed" | "not-acceptable" | "conflict" | "in-use" | "device-unmanaged" | "device-busy" | "stale" | "too-large" | "media-type" | "range-not-satisfiable" | "precondition-required" | "rate-limited" | "quota" | "internal" | "device-fault" | "overloaded" | "device-unreachable" | "device-timeout";
            cwmpFault?: {
                code: number;
                parameterFaults: {
                    code: number;
                    path: string;
                    string: string;
                }[];
                string: string;
            };
            detail: string;
            errors?: components["schemas"]["FieldIssue"][];
            /** @description What an expression had done when it failed */
            evaluation?: components["schemas"]["ExpressionEffort"];
            instance: string;
            requestId: string;
            requiredPermission?: string;
            /** @description Seconds, as in Retry-After */
            retryAfter?: number;
            status: number;
            /** @description The task that stays queued */
            task?: string;
            title: string;
            /** Format: uri */
            type: string;
        };
        Profile: {
            group: string;
            items: components["schemas"]["GroupSetting"][];
            version: number;
        };
        ProfileCopy: {
            from: string;
            names: string[];
        };
        ProfileImpact: {
            /** @description Devices with another effective value */
            devices: number;
            /** @description Fewer than members when ten seconds were over */
            examined: number;
            members: number;
            names: {
                devices: number;
                name: string;
            }[];
        };
        /** @description By name; null removes one, others stay */
        ProfilePatch: {
            [key: string]: components["schemas"]["GroupSettingInput"] | null;
        };
        /** @description By name; what is left out is removed */
        ProfileReplace: {
            [key: string]: components["schemas"]["GroupSettingInput"];
        };
        PropertyDescriptor: {
            allowed: string[];
            category: string;
            default: string | null;
            description: string;
            /** @description A `*` at the end stands for any ending */
            name: string;
            /** @description As the ACS ships it */
            predefined: boolean;
            secret: boolean;
            /** @enum {string} */
            type: "string" | "integer" | "number" | "boolean" | "number-list";
            usedBy: string;
            version: number;
        };
        PropertyDescriptorInput: {
            allowed?: string[];
            category?: string;
            default?: string | null;
            description?: string;
            secret?: boolean;
            /** @enum {string} */
            type?: "string" | "integer" | "number" | "boolean" | "number-list";
            usedBy?: string;
        };
        PropertyDescriptorList: {
            items: components["schemas"]["PropertyDescriptor"][];
        };
        Queue: {
            /** Format: date-time */
            at: string;
            /** @description Identity of the device; in a path it is percent-encoded once more */
            device: string;
            entries: components["schemas"]["QueueEntry"][];
            holder: string | null;
        };
        QueueEntry: {
            /** @description Would run in a session at this time */
            due: boolean;
            execution: components["schemas"]["ExecutionBrief"] | null;
            /** @description Nothing else runs before it has ended */
            holds: boolean;
            /** @description From 1; null for inactive tasks */
            position: number | null;
            /** @description Why it would not run */
            reason: components["schemas"]["QueueReason"] | null;
            resumes: boolean;
            status: components["schemas"]["ExecutionStatus"];
            task: components["schemas"]["Task"];
            /** @description Waits, and lets all others that are due run before it goes on */
            yields: boolean;
        };
        QueueReason: {
            /** @description The earliest time, where it is known */
            at: string | null;
            /** @enum {string} */
            code: "finished" | "expired" | "not-yet" | "schedule-ended" | "outside-schedule" | "min-interval" | "condition-not-met" | "condition-failed" | "inactive" | "overridden" | "paused" | "waits-for-holder" | "unmanaged" | "already-ran" | "wave-not-open" | "rollout-paused";
            /** @description The subgroup for which it is paused; null = the device */
            group: string | null;
            /** @description The task that holds the list */
            holder: string | null;
            /** @description The task of its bloodline that runs instead */
            overriddenBy: string | null;
            text: string;
        };
        QuickFix: {
            confirm: boolean;
            /**
             * @description Whether pressing it asks the device to call in
             * @enum {string}
             */
            connect: "never" | "ask" | "always";
            icon: string;
            /** @description Label of the button; unique */
            name: string;
            /** @description Needed besides `quickfix.run`; empty = none */
            permission: string;
            preferRestart: boolean;
        };
        QuickFixButton: {
            confirm: boolean;
            /** @enum {string} */
            connect: "never" | "ask" | "always";
            description: string;
            icon: string;
            name: string;
            parameters: components["schemas"]["TemplateParameter"][];
            preferRestart: boolean;
            template: string;
            type: string;
        };
        QuickFixList: {
            items: components["schemas"]["QuickFixButton"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        QuickFixPress: {
            /** @description Where the quick fix asks each time; else its own rule holds */
            connect?: components["schemas"]["Connect"];
            /** @description Values of the parameters by their names; what is left out takes its default */
            parameters?: {
                [key: string]: unknown;
            };
        };
        ReadParametersInput: {
            comment?: string;
            connect?: components["schemas"]["Connect"];
            names: string[];
            priority?: number;
        };
        RebootInput: {
            comment?: string;
            connect?: components["schemas"]["Connect"];
            priority?: number;
        };
        RecordedFault: {
            code: number;
            /** @description The RPC that was refused */
            method: string;
            parameters: {
                code: number;
                path: string;
                text: string;
            }[];
            text: string;
        };
        RefreshInput: {
            comment?: string;
            connect?: components["schemas"]["Connect"];
            /** @description Parameters, partial paths or meanings; left out: everything */
            paths?: string[];
            priority?: number;
        };
        Rehearsal: {
            /** @description What would be done besides, in words */
            acts: string[];
            /** @description Values that would be others on the device; null = not there, or never read */
            changes: {
                after: string | null;
                before: string | null;
                path: string;
            }[];
            details: {
                name: string;
                value: string;
            }[];
            /**
             * @description `parked`: waits for the device; `unfinished`: given up at a limit
             * @enum {string}
             */
            end: "SUCCESS" | "WARNING" | "ERROR" | "parked" | "unfinished";
            exchanges: {
                /** @description In words */
                answer: string;
                /** @description Follows from an earlier answer: the live device decides what is sent */
                assumed: boolean;
                /**
                 * Format: date-time
                 * @description In the time of the rehearsal
                 */
                at: string;
                fault: {
                    code: number;
                    parameters: {
                        code: number;
                        path: string;
                        text: string;
                    }[];
                    text: string;
                } | null;
                /** @description What the stored data model cannot tell */
                guesses: string[];
                method: string;
                /** @description Names and values of the request */
                parameters: {
                    name: string;
                    /** @description Of secrets a mask */
                    value: string | null;
                }[];
                session: number;
            }[];
            log: {
                /** Format: date-time */
                at: string;
                level: string;
                text: string;
            }[];
            sessions: number;
            summary: string;
        };
        /** @description Either `task`, or `type` with what a new task has */
        RehearsalInput: {
            active?: boolean;
            /** @description Types are unique */
            alerts?: {
                /** @default  */
                caption: string;
                /**
                 * @default ERROR
                 * @enum {string}
                 */
                on: "ERROR" | "WARNING";
                /**
                 * @description DEBUG 0, INFO 500, WARN 1000, ERROR 2000
                 * @default 2000
                 */
                severity: number;
                type: string;
            }[];
            anonymous?: boolean;
            appliesToSubgroups?: boolean;
            automaticRestart?: boolean;
            bloodline?: string;
            comment?: string;
            /** @description The configuration as an object, or as the XML text of `<config>` */
            config?: {
                [key: string]: unknown;
            } | string;
            /** @description Whose stored data model is played against */
            device: string;
            domain?: string;
            /**
             * @description `once` clears the flags of repetition. `once-and-repeat` with a condition and no flag switches automatic restart on; with neither the task runs once
             * @enum {string}
             */
            execute?: "once" | "once-and-repeat";
            executionCondition?: string;
            /** @description RFC 3339, or an ISO 8601 duration from now; null = never */
            expiry?: string | null;
            logLevel?: components["schemas"]["LogLevel"];
            /** @description Seconds */
            minInterval?: number;
            name?: string;
            priority?: number;
            /** @description Names are unique */
            properties?: {
                /** @constant */
                expression?: true;
                name: string;
                /** @constant */
                secret?: true;
                value: string;
            }[];
            repeatOnBootstrap?: boolean;
            /** @description How often a run that lost its connection goes on in a later session before it ends with ERROR; default 0 */
            resumeAfterDisconnect?: number;
            /** @description Group tasks: lets devices in wave by wave; null = all at once. Waves that are open cannot be changed */
            rollout?: components["schemas"]["RolloutInput"] | null;
            /** @description A predefined schedule by reference, or one of its own; null = always */
            schedule?: ({
                ref: string;
            } | {
                description?: string;
                /** @description RFC 3339; exclusive */
                end?: string | null;
                /** @description Left out: every slot */
                map?: string;
                /** @description RFC 3339; inclusive */
                start?: string | null;
                zone?: string;
            }) | null;
            scheduleConnection?: boolean;
            /**
             * @description `first-session`: what would be sent now; `whole`: until the task ends
             * @enum {string}
             */
            scope?: "first-session" | "whole";
            tags?: string[];
            /** @description A stored task */
            task?: string;
            transientReport?: boolean;
            /** @description Of a task that is not stored */
            type?: string;
        };
        /** @description What the present run has replaced on the device */
        Replaced: {
            /** @description Parameters that were set beyond what a report holds */
            omitted: number;
            parameters: {
                name: string;
                /** @description When the value was read; null = never */
                readAt: string | null;
                /** @description Why it cannot be restored */
                reason: string | null;
                restorable: boolean;
                type: string;
                /** @description Null = not known; values of secrets are masked */
                value: string | null;
            }[];
        };
        Resource: {
            category: components["schemas"]["ResourceCategory"];
            contentType: string;
            /** Format: date-time */
            createdAt: string;
            description: string;
            device: string | null;
            domain: string;
            /** @description As the CPE shall see it */
            fileName: string;
            fileType: string;
            id: string;
            models: string[];
            name: string;
            revision: number;
            sha256: string;
            size: number;
            task: string | null;
            user: string;
            version: string;
        };
        /** @enum {string} */
        ResourceCategory: "config" | "config.backup" | "device-logs" | "firmware" | "image" | "static-documentation";
        ResourceList: {
            items: components["schemas"]["Resource"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        ResourcePatch: {
            category?: components["schemas"]["ResourceCategory"];
            description?: string;
            fileName?: string;
            fileType?: string;
            models?: string[];
            name?: string;
            version?: string;
        };
        RestoreInput: {
            comment?: string;
            connect?: components["schemas"]["Connect"];
            priority?: number;
            /** @description Left out: the newest backup of the device */
            resource?: string;
        };
        Rollout: {
            active: boolean;
            definition: components["schemas"]["RolloutDefinition"];
            /** @description By wave; also those that are not open */
            figures: components["schemas"]["RolloutWaveFigures"][];
            group: string;
            name: string;
            /** @description The next wave and what it waits for; null = all are open */
            next: {
                /** @enum {string} */
                awaits: "ready" | "soak" | "results" | "success" | "operator" | "continue";
                /** @description Results that are SUCCESS or WARNING */
                good: number;
                /** @description Results that it needs */
                needed: number;
                /** @description Results of the newest wave */
                results: number;
                soakedAt: string | null;
                /** @description What it waits for, in words */
                text: string;
                /** @description From 1 */
                wave: number;
            } | null;
            /** @description How many of them are open */
            opened: number;
            /** @description Why no device begins */
            pause: {
                /** Format: date-time */
                at: string;
                broken: components["schemas"]["RolloutBrokenRule"] | null;
                /** @description Login; `system` = a stop rule */
                by: string;
                note: string;
                /** @description Why, in words */
                text: string;
            } | null;
            /**
             * @description `complete`: all waves are open, and every device may begin; runs may still be on the way
             * @enum {string}
             */
            phase: "running" | "paused" | "complete";
            /** @description The newest ones, newest first */
            results: {
                /** Format: date-time */
                at: string;
                /** @description Identity of the device; in a path it is percent-encoded once more */
                device: string;
                execution: string;
                /** @enum {string} */
                outcome: "SUCCESS" | "WARNING" | "ERROR" | "NO_ANSWER";
                /** @description From 1 */
                wave: number;
            }[];
            rules: {
                hits: number;
                met: boolean;
                rule: components["schemas"]["RolloutStopRuleOutput"];
                sample: number;
            }[];
            /** @description Runs that have begun and not ended */
            running: number;
            /** Format: date-time */
            startedAt: string;
            /** @description What happened, newest first; the latest 50 */
            steps: {
                /** Format: date-time */
                at: string;
                broken: components["schemas"]["RolloutBrokenRule"] | null;
                by: string;
                note: string;
                wave: number | null;
                /** @enum {string} */
                what: "started" | "opened" | "opened-all" | "paused" | "stopped" | "continued";
            }[];
            task: string;
            type: string;
            /** @description How many there are */
            waves: number;
        };
        /** @description A stop rule that was met: so many hits in so many results */
        RolloutBrokenRule: {
            hits: number;
            rule: components["schemas"]["RolloutStopRuleOutput"];
            sample: number;
        };
        RolloutDefinition: {
            /**
             * @description `automatic`: the next wave opens by itself when the rules hold. `manual`: by an operator alone
             * @enum {string}
             */
            advance: "automatic" | "manual";
            /** @description Percent of a wave’s devices that must have a result before the next opens by itself */
            minEnded: number;
            /** @description Percent of a wave’s results that must be SUCCESS or WARNING for the same */
            minSuccess: number;
            /**
             * Format: duration
             * @description A run that has begun and not ended after it counts as “no answer”
             */
            noAnswerAfter: string;
            /**
             * Format: duration
             * @description How long a wave is open before the next may open
             */
            soak: string;
            stopRules: components["schemas"]["RolloutStopRuleOutput"][];
            waves: components["schemas"]["RolloutWaveOutput"][];
        };
        RolloutHead: {
            active: boolean;
            group: string;
            name: string;
            /** @description How many of them are open */
            opened: number;
            /** @description Why no device begins */
            pause: {
                /** Format: date-time */
                at: string;
                broken: components["schemas"]["RolloutBrokenRule"] | null;
                /** @description Login; `system` = a stop rule */
                by: string;
                note: string;
                /** @description Why, in words */
                text: string;
            } | null;
            /**
             * @description `complete`: all waves are open, and every device may begin; runs may still be on the way
             * @enum {string}
             */
            phase: "running" | "paused" | "complete";
            /** Format: date-time */
            startedAt: string;
            task: string;
            type: string;
            /** @description How many there are */
            waves: number;
        };
        RolloutInput: {
            /**
             * @description `automatic`: the next wave opens by itself when the rules hold. `manual`: by an operator alone
             * @enum {string}
             */
            advance?: "automatic" | "manual";
            /** @description Percent of a wave’s devices that must have a result before the next opens by itself; default 50 */
            minEnded?: number;
            /** @description Percent of a wave’s results that must be SUCCESS or WARNING for the same; default 90 */
            minSuccess?: number;
            /** @description A run that has begun and not ended after it counts as “no answer”; default PT1H */
            noAnswerAfter?: string;
            /** @description How long a wave is open before the next may open; default PT1H */
            soak?: string;
            stopRules?: components["schemas"]["RolloutStopRule"][];
            waves: components["schemas"]["RolloutWave"][];
        };
        RolloutList: {
            items: components["schemas"]["RolloutHead"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        RolloutNote: {
            /** @description Why; stands in the history of the rollout */
            note?: string;
        };
        RolloutStopRule: {
            /** @description How many of the newest results are looked at */
            last: number;
            /** @description With fewer results the rule says nothing */
            minimum: number;
            /**
             * @description `errors`: runs that ended with ERROR. `no-answer`: runs that began and did not end in time
             * @enum {string}
             */
            on: "errors" | "no-answer";
            /** @description Met when the share is this or more */
            percent: number;
        };
        RolloutStopRuleOutput: {
            /** @description How many of the newest results are looked at */
            last: number;
            /** @description With fewer results the rule says nothing */
            minimum: number;
            /**
             * @description `errors`: runs that ended with ERROR. `no-answer`: runs that began and did not end in time
             * @enum {string}
             */
            on: "errors" | "no-answer";
            /** @description Met when the share is this or more */
            percent: number;
        };
        /** @description `percent` and `count`: so many devices more. `group`: the members of a group below that of the task. `rest`: all that are left, and those that join later; the last wave */
        RolloutWave: {
            /** @constant */
            kind: "percent";
            /** @description Of all devices of the group; the number is rounded up */
            percent: number;
        } | {
            devices: number;
            /** @constant */
            kind: "count";
        } | {
            group: string;
            /** @constant */
            kind: "group";
        } | {
            /** @constant */
            kind: "rest";
        };
        /** @description Devices of a wave by their latest outcome */
        RolloutWaveFigures: {
            /** @description When it was opened; null = it is not open */
            at: string | null;
            by: string | null;
            /** @description That it let in when it opened; null = it is not open */
            devices: number | null;
            ERROR: number;
            NO_ANSWER: number;
            SUCCESS: number;
            WARNING: number;
            wave: components["schemas"]["RolloutWaveOutput"];
        };
        /** @description `percent` and `count`: so many devices more. `group`: the members of a group below that of the task. `rest`: all that are left, and those that join later; the last wave */
        RolloutWaveOutput: {
            /** @constant */
            kind: "percent";
            /** @description Of all devices of the group; the number is rounded up */
            percent: number;
        } | {
            devices: number;
            /** @constant */
            kind: "count";
        } | {
            group: string;
            /** @constant */
            kind: "group";
        } | {
            /** @constant */
            kind: "rest";
        };
        SavedFilter: {
            /** Format: date-time */
            createdAt: string;
            domain: string;
            editable: boolean;
            /** Format: date-time */
            editedAt: string;
            expression: string;
            filter: string;
            id: string;
            /**
             * @description The list that it searches
             * @enum {string}
             */
            list: "devices" | "tasks" | "executions";
            name: string;
            /** @description Seen by users of the domain and of those above; else by its owner alone */
            shared: boolean;
            user: string;
            version: number;
        };
        SavedFilterInput: {
            /** @description Left out: the caller’s */
            domain?: string;
            /** @description A Boolean expression, for what the filter language cannot say. What the store can decide of it is cheap; else it is evaluated row by row: refused beyond 20,000 candidates, and a page ends after 10 s (`notice` says so) */
            expression?: string;
            /** @description Filter language: `priority gt 5 and not (type eq "Reboot")`; operators eq ne lt le gt ge contains startsWith matches in exists */
            filter?: string;
            /**
             * @description The list that it searches
             * @enum {string}
             */
            list: "devices" | "tasks" | "executions";
            name: string;
            shared?: boolean;
        };
        SavedFilterList: {
            items: components["schemas"]["SavedFilter"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        SavedFilterPatch: {
            /** @description Left out: the caller’s */
            domain?: string;
            /** @description A Boolean expression, for what the filter language cannot say. What the store can decide of it is cheap; else it is evaluated row by row: refused beyond 20,000 candidates, and a page ends after 10 s (`notice` says so) */
            expression?: string;
            /** @description Filter language: `priority gt 5 and not (type eq "Reboot")`; operators eq ne lt le gt ge contains startsWith matches in exists */
            filter?: string;
            name?: string;
            shared?: boolean;
        };
        Schedule: {
            /** @description Made anew at each start of the server */
            builtIn: boolean;
            /** Format: date-time */
            createdAt: string;
            description: string;
            /** Format: date-time */
            editedAt: string;
            /** @description Exclusive */
            end: string | null;
            id: string;
            /** @description The week from Monday 00:00: 168 hexadecimal digits, one an hour, whose bits are its quarters, the first the highest */
            map: string;
            /** @description Inclusive */
            start: string | null;
            /** @description In words */
            text: string;
            /** @description How many tasks, templates and campaigns refer to it */
            usedBy: number;
            user: string;
            version: number;
            /** @description IANA time zone; empty = the server’s */
            zone: string;
        };
        ScheduledConnection: {
            /** Format: date-time */
            at: string;
            /** @description The login, or the task, that wants it */
            by: string;
            /** Format: date-time */
            createdAt: string;
            id: string;
            version: number;
        };
        ScheduledConnectionInput: {
            /**
             * Format: date-time
             * @description In the future
             */
            at: string;
        };
        ScheduledConnectionList: {
            items: components["schemas"]["ScheduledConnection"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        ScheduleInput: {
            description?: string;
            /** @description RFC 3339; exclusive */
            end?: string | null;
            /** @description Left out: every slot */
            map?: string;
            /** @description RFC 3339; inclusive */
            start?: string | null;
            zone?: string;
        };
        ScheduleList: {
            items: components["schemas"]["Schedule"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        SchedulePreview: {
            /** @description At the time that was asked for */
            allowed: boolean;
            /** @description The next spans in which tasks may begin; `to` null = for ever */
            next: {
                /** Format: date-time */
                from: string;
                to: string | null;
            }[];
            text: string;
        };
        Service: {
            /** @description Name of the template that is run to switch it on; empty = none */
            activate: string;
            /** @description Devices in view on which it is active */
            active: number;
            caption: string;
            /** @description Name of the template that changes it while it is on; empty = none */
            configure: string;
            /** Format: date-time */
            createdAt: string;
            /** @description Name of the template that is run to switch it off; empty = none */
            deactivate: string;
            description: string;
            domain: string;
            /** @description False for services of a domain above the caller’s */
            editable: boolean;
            /** Format: date-time */
            editedAt: string;
            /** @description Group that devices join when it is activated */
            homeGroup: string | null;
            /** @description Name in the icon set */
            icon: string;
            /** @description Key of the service */
            key: string;
            /** @description Condition over the device, its profile and its data model that says whether it is active; empty = what the last task left counts */
            status: string;
            user: string;
            version: number;
        };
        ServiceInput: {
            activate?: string;
            caption: string;
            configure?: string;
            deactivate?: string;
            description?: string;
            domain?: string;
            homeGroup?: string | null;
            icon?: string;
            /** @description Key of the service */
            key: string;
            status?: string;
        };
        ServiceList: {
            items: components["schemas"]["Service"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        ServiceMigrated: {
            /** @description On the other device */
            activation: components["schemas"]["Task"];
            /** @description On this one */
            deactivation: components["schemas"]["Task"];
        };
        ServiceMigration: {
            /** @enum {string} */
            connect?: "none" | "try";
            /** @description The device that takes the service over, with the same values */
            to: string;
        };
        ServiceOrder: {
            connect?: components["schemas"]["Connect"];
            /** @description Values of the parameters by their names; what is left out takes its default */
            parameters?: {
                [key: string]: unknown;
            };
        };
        ServicePatch: {
            activate?: string;
            caption?: string;
            configure?: string;
            deactivate?: string;
            description?: string;
            domain?: string;
            homeGroup?: string | null;
            icon?: string;
            status?: string;
        };
        Session: {
            bytesIn: number;
            bytesOut: number;
            cwmpVersion: string;
            /** @description Identity of the device; in a path it is percent-encoded once more */
            device: string;
            /** Format: duration */
            duration: string;
            /** @description `complete`, or why it ended otherwise */
            end: string;
            /** Format: date-time */
            endedAt: string;
            events: components["schemas"]["InformEvent"][];
            faults: number;
            id: string;
            rpcCount: number;
            sourceIp: string;
            /** Format: date-time */
            startedAt: string;
            /** @description Tasks that had their turn, in order */
            tasks: string[];
            tls: boolean;
        };
        SessionDetails: {
            bytesIn: number;
            bytesOut: number;
            cwmpVersion: string;
            /** @description Identity of the device; in a path it is percent-encoded once more */
            device: string;
            /** Format: duration */
            duration: string;
            /** @description `complete`, or why it ended otherwise */
            end: string;
            /** Format: date-time */
            endedAt: string;
            events: components["schemas"]["InformEvent"][];
            faults: number;
            id: string;
            rpcCount: number;
            rpcs: components["schemas"]["SessionRpc"][];
            sourceIp: string;
            /** Format: date-time */
            startedAt: string;
            /** @description Tasks that had their turn, in order */
            tasks: string[];
            tls: boolean;
            warnings: string[];
        };
        SessionList: {
            items: components["schemas"]["Session"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        SessionLogin: {
            password: string;
            username: string;
        };
        SessionOpened: {
            csrfToken: string;
            /** @description The log-in before this one */
            lastLogin: string | null;
            user: {
                administrator: boolean;
                domain: string;
                login: string;
                name: string;
                permissions: string[];
            };
        };
        SessionRpc: {
            about: string;
            bytes: number;
            fault: {
                code: number;
                text: string;
            } | null;
            /** @enum {string} */
            from: "cpe" | "acs";
            message: string;
            /** @description Milliseconds since the session began */
            offset: number;
            task: string | null;
        };
        SetParametersInput: {
            comment?: string;
            connect?: components["schemas"]["Connect"];
            parameters: {
                /** @description A path or a meaning */
                name: string;
                type?: string;
                value: string;
            }[];
            priority?: number;
        };
        SystemInfo: {
            cwmpUrl: string;
            devices: number;
            filesUrl: string;
            name: string;
            sessionsOpen: number;
            /** Format: date-time */
            startedAt: string;
            store: {
                /** @enum {string} */
                kind: "mongodb" | "embedded";
            };
            version: string;
        };
        Task: {
            active: boolean;
            alerts: components["schemas"]["TaskAlert"][];
            anonymous: boolean;
            /** @description Group tasks: indirect members run it too */
            appliesToSubgroups: boolean;
            automaticRestart: boolean;
            bloodline: string;
            comment: string;
            /** @description Attributes of `<config>` as fields, its children as arrays; values of secrets are masked */
            config: {
                [key: string]: unknown;
            };
            configXml: string;
            /** Format: date-time */
            createdAt: string;
            device: string | null;
            /** @description On how many devices it has run, as last counted */
            deviceCount: {
                /** Format: date-time */
                at: string;
                count: number;
            } | null;
            domain: string;
            /** Format: date-time */
            editedAt: string;
            /** @description Must be true for a run to begin; empty = none */
            executionCondition: string;
            /** @description No run begins after it */
            expiry: string | null;
            group: string | null;
            id: string;
            lastFailedRestartTime: string | null;
            /** @description Group tasks: the last rerun for all devices */
            lastRestartTime: string | null;
            logLevel: components["schemas"]["LogLevel"];
            /** @description Seconds */
            minInterval: number;
            name: string;
            pausedGroups: string[];
            /** @description Smaller runs first */
            priority: number;
            properties: {
                /** @description Evaluated at each execution */
                expression?: boolean;
                name: string;
                secret?: boolean;
                /** @description Of a secret a mask */
                value: string;
            }[];
            repeatOnBootstrap: boolean;
            resumeAfterDisconnect: number;
            /** @description Group tasks: reaches their devices in waves; null = all at once */
            rollout: components["schemas"]["RolloutDefinition"] | null;
            /** @description A predefined schedule by reference, or one of its own; null = always */
            schedule: ({
                ref: string;
            } | {
                description: string;
                /** @description Exclusive */
                end: string | null;
                /** @description The week from Monday 00:00: 168 hexadecimal digits, one an hour, whose bits are its quarters, the first the highest */
                map: string;
                /** @description Inclusive */
                start: string | null;
                /** @description IANA time zone; empty = the server’s */
                zone: string;
            }) | null;
            scheduleConnection: boolean;
            /** @description The schedule in words */
            scheduleText: string;
            system: boolean;
            tags: string[];
            template: string | null;
            transientReport: boolean;
            type: string;
            user: string;
            version: number;
        };
        /** @description The time of `Prefer: wait` is over; the task stays queued */
        TaskAccepted: {
            execution: components["schemas"]["Execution"] | null;
            task: components["schemas"]["Task"];
        };
        TaskAdvance: {
            active?: boolean;
            /** @description Types are unique */
            alerts?: {
                /** @default  */
                caption: string;
                /**
                 * @default ERROR
                 * @enum {string}
                 */
                on: "ERROR" | "WARNING";
                /**
                 * @description DEBUG 0, INFO 500, WARN 1000, ERROR 2000
                 * @default 2000
                 */
                severity: number;
                type: string;
            }[];
            anonymous?: boolean;
            appliesToSubgroups?: boolean;
            automaticRestart?: boolean;
            bloodline?: string;
            comment?: string;
            /** @description The configuration as an object, or as the XML text of `<config>` */
            config?: {
                [key: string]: unknown;
            } | string;
            domain?: string;
            /** @description Only says how many devices it would reach */
            dryRun?: boolean;
            /**
             * @description `once` clears the flags of repetition. `once-and-repeat` with a condition and no flag switches automatic restart on; with neither the task runs once
             * @enum {string}
             */
            execute?: "once" | "once-and-repeat";
            executionCondition?: string;
            /** @description RFC 3339, or an ISO 8601 duration from now; null = never */
            expiry?: string | null;
            /** @description Full name of a group */
            group: string;
            logLevel?: components["schemas"]["LogLevel"];
            /** @description Seconds */
            minInterval?: number;
            name?: string;
            priority?: number;
            /** @description Names are unique */
            properties?: {
                /** @constant */
                expression?: true;
                name: string;
                /** @constant */
                secret?: true;
                value: string;
            }[];
            repeatOnBootstrap?: boolean;
            /** @description How often a run that lost its connection goes on in a later session before it ends with ERROR; default 0 */
            resumeAfterDisconnect?: number;
            /** @description Group tasks: lets devices in wave by wave; null = all at once. Waves that are open cannot be changed */
            rollout?: components["schemas"]["RolloutInput"] | null;
            /** @description A predefined schedule by reference, or one of its own; null = always */
            schedule?: ({
                ref: string;
            } | {
                description?: string;
                /** @description RFC 3339; exclusive */
                end?: string | null;
                /** @description Left out: every slot */
                map?: string;
                /** @description RFC 3339; inclusive */
                start?: string | null;
                zone?: string;
            }) | null;
            scheduleConnection?: boolean;
            tags?: string[];
            transientReport?: boolean;
        };
        TaskAdvanced: {
            /** @description Devices reached now */
            devices: number;
            task: components["schemas"]["Task"] | null;
        };
        /** @description Raised on a device where a run ends so, hidden by SUCCESS */
        TaskAlert: {
            caption: string;
            /**
             * @description The mildest end that raises it
             * @enum {string}
             */
            on: "ERROR" | "WARNING";
            /** @description DEBUG 0, INFO 500, WARN 1000, ERROR 2000 */
            severity: number;
            /** @description Names the alert together with its device */
            type: string;
        };
        TaskCallback: {
            authentication: {
                /** @enum {string} */
                kind: "none" | "basic" | "bearer";
                /** @description Of `basic` */
                user: string;
            };
            /** Format: date-time */
            changedAt: string;
            /** Format: date-time */
            createdAt: string;
            /** @description The newest message; null = none in 7 days */
            lastDelivery: components["schemas"]["CallbackDelivery"] | null;
            name: string;
            /** @description Whether it has a secret that messages are signed with */
            signed: boolean;
            url: string;
            /** @description Who added it */
            user: string;
            version: number;
        };
        TaskCallbackInput: {
            /** @description How the receiver knows the server; secrets are never shown again */
            authentication?: {
                /** @constant */
                kind: "none";
            } | {
                /** @constant */
                kind: "basic";
                password: string;
                user: string;
            } | {
                /** @constant */
                kind: "bearer";
                token: string;
            };
            /** @description Default `default` */
            name?: string;
            /** @description Key of the header `Provost-Signature: t=<seconds>,v1=<hex>`, the HMAC-SHA256 over `<seconds>.<body>`; null = nothing is signed */
            secret?: string | null;
            /** @description http or https; its host must be one that the administrator allows (`callbackHosts`) */
            url: string;
        };
        TaskCallbackList: {
            items: components["schemas"]["TaskCallback"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        /** @description What is left out stays, secrets too */
        TaskCallbackPatch: {
            /** @description How the receiver knows the server; secrets are never shown again */
            authentication?: {
                /** @constant */
                kind: "none";
            } | {
                /** @constant */
                kind: "basic";
                password: string;
                user: string;
            } | {
                /** @constant */
                kind: "bearer";
                token: string;
            };
            /** @description Key of the header `Provost-Signature: t=<seconds>,v1=<hex>`, the HMAC-SHA256 over `<seconds>.<body>`; null = nothing is signed */
            secret?: string | null;
            /** @description http or https; its host must be one that the administrator allows (`callbackHosts`) */
            url?: string;
        };
        TaskConfigCheck: {
            /** @description The XML of `<config>` */
            config: string;
        };
        /** @description At most 100, in the order of the text; none = it can be saved */
        TaskConfigChecked: {
            problems: {
                code: string;
                column: number;
                /** @description Offset in UTF-16 units; `to` is behind the end */
                from: number;
                /** @description From 1, as the column */
                line: number;
                message: string;
                /** @description The tag that it is about; may be empty */
                tag: string;
                to: number;
            }[];
        };
        TaskConfigComplete: {
            /** @description The XML of `<config>` */
            config: string;
            /** @description Whose stored data are looked at */
            device?: string;
            /** @description Without a device: the group whose setting values `sv` reads */
            group?: string;
            offset: number;
            /** @description Of a task that is not stored: what `task.property` reads */
            properties?: {
                [key: string]: string;
            };
            /** @description The stored task that `task` is */
            task?: string;
            /** @description Values of `#name` */
            variables?: {
                [key: string]: string;
            };
        };
        TaskConfigCompletion: {
            /** @description Kind of the value of a workflow’s attribute */
            expects: string | null;
            /** @description Where the word at the caret begins */
            from: number;
            items: {
                documentation: string;
                insert: string;
                label: string;
                /** @description Of a part of an expression; else empty */
                type: string;
            }[];
            /** @enum {string} */
            kind: "tag" | "end-tag" | "attribute" | "value" | "expression" | "none";
            to: number;
        };
        TaskCopy: {
            active?: boolean;
            /** @description Types are unique */
            alerts?: {
                /** @default  */
                caption: string;
                /**
                 * @default ERROR
                 * @enum {string}
                 */
                on: "ERROR" | "WARNING";
                /**
                 * @description DEBUG 0, INFO 500, WARN 1000, ERROR 2000
                 * @default 2000
                 */
                severity: number;
                type: string;
            }[];
            anonymous?: boolean;
            appliesToSubgroups?: boolean;
            automaticRestart?: boolean;
            bloodline?: string;
            comment?: string;
            /** @description The configuration as an object, or as the XML text of `<config>` */
            config?: {
                [key: string]: unknown;
            } | string;
            connect?: components["schemas"]["Connect"];
            /** @description Identity of the device; in a path it is percent-encoded once more */
            device?: string;
            domain?: string;
            /**
             * @description `once` clears the flags of repetition. `once-and-repeat` with a condition and no flag switches automatic restart on; with neither the task runs once
             * @enum {string}
             */
            execute?: "once" | "once-and-repeat";
            executionCondition?: string;
            /** @description RFC 3339, or an ISO 8601 duration from now; null = never */
            expiry?: string | null;
            /** @description Full name of a group */
            group?: string;
            logLevel?: components["schemas"]["LogLevel"];
            /** @description Seconds */
            minInterval?: number;
            name?: string;
            priority?: number;
            /** @description Names are unique */
            properties?: {
                /** @constant */
                expression?: true;
                name: string;
                /** @constant */
                secret?: true;
                value: string;
            }[];
            repeatOnBootstrap?: boolean;
            /** @description How often a run that lost its connection goes on in a later session before it ends with ERROR; default 0 */
            resumeAfterDisconnect?: number;
            /** @description Group tasks: lets devices in wave by wave; null = all at once. Waves that are open cannot be changed */
            rollout?: components["schemas"]["RolloutInput"] | null;
            /** @description A predefined schedule by reference, or one of its own; null = always */
            schedule?: ({
                ref: string;
            } | {
                description?: string;
                /** @description RFC 3339; exclusive */
                end?: string | null;
                /** @description Left out: every slot */
                map?: string;
                /** @description RFC 3339; inclusive */
                start?: string | null;
                zone?: string;
            }) | null;
            scheduleConnection?: boolean;
            tags?: string[];
            transientReport?: boolean;
        };
        TaskDevice: {
            /** @description Identity of the device; in a path it is percent-encoded once more */
            device: string;
            execution: components["schemas"]["ExecutionBrief"] | null;
            status: components["schemas"]["ExecutionStatus"];
        };
        TaskDeviceList: {
            items: components["schemas"]["TaskDevice"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        TaskInput: {
            active?: boolean;
            /** @description Types are unique */
            alerts?: {
                /** @default  */
                caption: string;
                /**
                 * @default ERROR
                 * @enum {string}
                 */
                on: "ERROR" | "WARNING";
                /**
                 * @description DEBUG 0, INFO 500, WARN 1000, ERROR 2000
                 * @default 2000
                 */
                severity: number;
                type: string;
            }[];
            anonymous?: boolean;
            appliesToSubgroups?: boolean;
            automaticRestart?: boolean;
            bloodline?: string;
            /** @description Told how its runs end, from the first one on; names are unique */
            callbacks?: components["schemas"]["TaskCallbackInput"][];
            comment?: string;
            /** @description The configuration as an object, or as the XML text of `<config>` */
            config?: {
                [key: string]: unknown;
            } | string;
            connect?: components["schemas"]["Connect"];
            /** @description The target; either it or `group` */
            device?: string;
            domain?: string;
            /**
             * @description `once` clears the flags of repetition. `once-and-repeat` with a condition and no flag switches automatic restart on; with neither the task runs once
             * @enum {string}
             */
            execute?: "once" | "once-and-repeat";
            executionCondition?: string;
            /** @description RFC 3339, or an ISO 8601 duration from now; null = never */
            expiry?: string | null;
            /** @description Full name of a group */
            group?: string;
            logLevel?: components["schemas"]["LogLevel"];
            /** @description Seconds */
            minInterval?: number;
            name?: string;
            priority?: number;
            /** @description Names are unique */
            properties?: {
                /** @constant */
                expression?: true;
                name: string;
                /** @constant */
                secret?: true;
                value: string;
            }[];
            repeatOnBootstrap?: boolean;
            /** @description How often a run that lost its connection goes on in a later session before it ends with ERROR; default 0 */
            resumeAfterDisconnect?: number;
            /** @description Group tasks: lets devices in wave by wave; null = all at once. Waves that are open cannot be changed */
            rollout?: components["schemas"]["RolloutInput"] | null;
            /** @description A predefined schedule by reference, or one of its own; null = always */
            schedule?: ({
                ref: string;
            } | {
                description?: string;
                /** @description RFC 3339; exclusive */
                end?: string | null;
                /** @description Left out: every slot */
                map?: string;
                /** @description RFC 3339; inclusive */
                start?: string | null;
                zone?: string;
            }) | null;
            scheduleConnection?: boolean;
            /** @description The end of its id in place of the next number */
            suffix?: string;
            tags?: string[];
            transientReport?: boolean;
            type: string;
        };
        TaskList: {
            items: components["schemas"]["Task"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description How rows were found, where an expression was evaluated for each of them */
            notice?: string;
            /** @description Only with `count=true` */
            total?: number;
        };
        TaskPatch: {
            active?: boolean;
            /** @description Types are unique */
            alerts?: {
                /** @default  */
                caption: string;
                /**
                 * @default ERROR
                 * @enum {string}
                 */
                on: "ERROR" | "WARNING";
                /**
                 * @description DEBUG 0, INFO 500, WARN 1000, ERROR 2000
                 * @default 2000
                 */
                severity: number;
                type: string;
            }[];
            anonymous?: boolean;
            appliesToSubgroups?: boolean;
            automaticRestart?: boolean;
            bloodline?: string;
            comment?: string;
            /** @description The configuration as an object, or as the XML text of `<config>` */
            config?: {
                [key: string]: unknown;
            } | string;
            domain?: string;
            /**
             * @description `once` clears the flags of repetition. `once-and-repeat` with a condition and no flag switches automatic restart on; with neither the task runs once
             * @enum {string}
             */
            execute?: "once" | "once-and-repeat";
            executionCondition?: string;
            /** @description RFC 3339, or an ISO 8601 duration from now; null = never */
            expiry?: string | null;
            logLevel?: components["schemas"]["LogLevel"];
            /** @description Seconds */
            minInterval?: number;
            name?: string;
            priority?: number;
            /** @description Names are unique */
            properties?: {
                /** @constant */
                expression?: true;
                name: string;
                /** @constant */
                secret?: true;
                value: string;
            }[];
            repeatOnBootstrap?: boolean;
            /** @description How often a run that lost its connection goes on in a later session before it ends with ERROR; default 0 */
            resumeAfterDisconnect?: number;
            /** @description Group tasks: lets devices in wave by wave; null = all at once. Waves that are open cannot be changed */
            rollout?: components["schemas"]["RolloutInput"] | null;
            /** @description A predefined schedule by reference, or one of its own; null = always */
            schedule?: ({
                ref: string;
            } | {
                description?: string;
                /** @description RFC 3339; exclusive */
                end?: string | null;
                /** @description Left out: every slot */
                map?: string;
                /** @description RFC 3339; inclusive */
                start?: string | null;
                zone?: string;
            }) | null;
            scheduleConnection?: boolean;
            tags?: string[];
            transientReport?: boolean;
        };
        TaskPause: {
            /** Format: date-time */
            at: string;
            /** @description Identity of the device; in a path it is percent-encoded once more */
            device: string;
            user: string;
        };
        /** @description Either a device, or the group of the task or one below it */
        TaskPauseInput: {
            /** @description Identity of the device; in a path it is percent-encoded once more */
            device?: string;
            /** @description Full name of a group */
            group?: string;
        };
        TaskPauseList: {
            items: components["schemas"]["TaskPause"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        /** @description Settings that are left out take their defaults */
        TaskReplace: {
            active?: boolean;
            /** @description Types are unique */
            alerts?: {
                /** @default  */
                caption: string;
                /**
                 * @default ERROR
                 * @enum {string}
                 */
                on: "ERROR" | "WARNING";
                /**
                 * @description DEBUG 0, INFO 500, WARN 1000, ERROR 2000
                 * @default 2000
                 */
                severity: number;
                type: string;
            }[];
            anonymous?: boolean;
            appliesToSubgroups?: boolean;
            automaticRestart?: boolean;
            bloodline?: string;
            comment?: string;
            /** @description The configuration as an object, or as the XML text of `<config>` */
            config: {
                [key: string]: unknown;
            } | string;
            /** @description Follows from `config`; not read */
            configXml?: string;
            createdAt?: string;
            device?: string | null;
            deviceCount?: unknown;
            domain?: string;
            editedAt?: string;
            /**
             * @description `once` clears the flags of repetition. `once-and-repeat` with a condition and no flag switches automatic restart on; with neither the task runs once
             * @enum {string}
             */
            execute?: "once" | "once-and-repeat";
            executionCondition?: string;
            /** @description RFC 3339, or an ISO 8601 duration from now; null = never */
            expiry?: string | null;
            group?: string | null;
            id?: string;
            lastFailedRestartTime?: string | null;
            lastRestartTime?: string | null;
            logLevel?: components["schemas"]["LogLevel"];
            /** @description Seconds */
            minInterval?: number;
            name?: string;
            pausedGroups?: string[];
            priority?: number;
            /** @description Names are unique */
            properties?: {
                /** @constant */
                expression?: true;
                name: string;
                /** @constant */
                secret?: true;
                value: string;
            }[];
            repeatOnBootstrap?: boolean;
            /** @description How often a run that lost its connection goes on in a later session before it ends with ERROR; default 0 */
            resumeAfterDisconnect?: number;
            /** @description Group tasks: lets devices in wave by wave; null = all at once. Waves that are open cannot be changed */
            rollout?: components["schemas"]["RolloutInput"] | null;
            /** @description A predefined schedule by reference, or one of its own; null = always */
            schedule?: ({
                ref: string;
            } | {
                description?: string;
                /** @description RFC 3339; exclusive */
                end?: string | null;
                /** @description Left out: every slot */
                map?: string;
                /** @description RFC 3339; inclusive */
                start?: string | null;
                zone?: string;
            }) | null;
            scheduleConnection?: boolean;
            scheduleText?: string;
            system?: boolean;
            tags?: string[];
            template?: string | null;
            transientReport?: boolean;
            type?: string;
            user?: string;
            version?: number;
        };
        TaskRestart: {
            connect?: components["schemas"]["Connect"];
            /** @description Identity of the device; in a path it is percent-encoded once more */
            device?: string;
        };
        /** @description The task and its finished report, after `Prefer: wait` */
        TaskResult: {
            execution: components["schemas"]["Execution"];
            task: components["schemas"]["Task"];
        };
        TaskSearch: {
            count?: boolean;
            cursor?: string;
            /** @description Identity of the device; in a path it is percent-encoded once more */
            device?: string;
            /** @description A Boolean expression, for what the filter language cannot say. What the store can decide of it is cheap; else it is evaluated row by row: refused beyond 20,000 candidates, and a page ends after 10 s (`notice` says so) */
            expression?: string;
            /** @description Comma-separated names of fields; of an export its columns */
            fields?: string;
            /** @description Filter language: `priority gt 5 and not (type eq "Reboot")`; operators eq ne lt le gt ge contains startsWith matches in exists */
            filter?: string;
            group?: string;
            inherited?: boolean;
            limit?: number;
            /** @description Id of a saved filter of this list */
            savedFilter?: string;
            /** @enum {string} */
            target?: "device" | "group";
        };
        TaskStatistics: {
            active: number;
            stopped: number;
            total: number;
            types: {
                active: number;
                stopped: number;
                total: number;
                type: string;
            }[];
        };
        TaskType: {
            branch: string;
            defaultPriority: number;
            description: string;
            name: string;
            /** @description JSON Schema of the configuration */
            schema: {
                [key: string]: unknown;
            };
            title: string;
        };
        TaskTypeList: {
            items: components["schemas"]["TaskType"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        TaskUndo: {
            /** @description Whether it runs at once; default: of a device task yes, of a group task no */
            active?: boolean;
            connect?: components["schemas"]["Connect"];
            /** @description Number of the run; left out: the newest that replaced anything. Required for a task that repeats, whose later runs replaced its own values */
            run?: number;
        };
        Template: {
            config: {
                [key: string]: unknown;
            };
            configXml: string;
            /** Format: date-time */
            createdAt: string;
            description: string;
            domain: string;
            /** @description False for templates of a domain above the caller’s */
            editable: boolean;
            /** Format: date-time */
            editedAt: string;
            id: string;
            name: string;
            parameters: components["schemas"]["TemplateParameter"][];
            quickFix: components["schemas"]["QuickFix"] | null;
            /** @description Common settings of a task that differ from its defaults */
            settings: {
                [key: string]: unknown;
            };
            testCase: boolean;
            type: string;
            user: string;
            version: number;
        };
        TemplateInput: {
            /** @description The configuration as an object, or as the XML text of `<config>` */
            config?: {
                [key: string]: unknown;
            } | string;
            description?: string;
            domain?: string;
            name: string;
            parameters?: {
                category?: string;
                choices?: {
                    label?: string;
                    value: string;
                }[];
                default?: string;
                fileType?: string;
                help?: string;
                label?: string;
                max?: number | null;
                /** @description Of a number its value, of a text its length */
                min?: number | null;
                name: string;
                pattern?: string;
                required?: boolean;
                /** @enum {string} */
                type?: "string" | "multiline" | "secret" | "int" | "decimal" | "boolean" | "enum" | "enumList" | "date" | "duration" | "resource" | "device" | "group" | "dataModelKey" | "ip" | "mac";
                /**
                 * @description What the length of a text is counted in
                 * @enum {string}
                 */
                unit?: "characters" | "bytes";
            }[];
            quickFix?: {
                confirm?: boolean;
                /**
                 * @description Whether pressing it asks the device to call in
                 * @enum {string}
                 */
                connect?: "never" | "ask" | "always";
                icon?: string;
                name: string;
                permission?: string;
                preferRestart?: boolean;
            } | null;
            settings?: {
                [key: string]: unknown;
            };
            /** @description The task that it is saved from: masks in the configuration stand for its secrets */
            task?: string;
            testCase?: boolean;
            type: string;
        };
        TemplateList: {
            items: components["schemas"]["Template"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        TemplateParameter: {
            /** @description Of a resource */
            category: string;
            choices: {
                label: string;
                value: string;
            }[];
            /** @description Literal, or expression over `device` and `sv`; of a secret masked */
            default: string;
            fileType: string;
            help: string;
            label: string;
            max: number | null;
            /** @description Of a number its value, of a text its length */
            min: number | null;
            /** @description Identifier; the task property that the value becomes */
            name: string;
            /** @description Regular expression for the whole text */
            pattern: string;
            required: boolean;
            /** @enum {string} */
            type: "string" | "multiline" | "secret" | "int" | "decimal" | "boolean" | "enum" | "enumList" | "date" | "duration" | "resource" | "device" | "group" | "dataModelKey" | "ip" | "mac";
            /**
             * @description What the length of a text is counted in
             * @enum {string}
             */
            unit: "characters" | "bytes";
        };
        TemplatePatch: {
            /** @description The configuration as an object, or as the XML text of `<config>` */
            config?: {
                [key: string]: unknown;
            } | string;
            description?: string;
            domain?: string;
            name?: string;
            parameters?: {
                category?: string;
                choices?: {
                    label?: string;
                    value: string;
                }[];
                default?: string;
                fileType?: string;
                help?: string;
                label?: string;
                max?: number | null;
                /** @description Of a number its value, of a text its length */
                min?: number | null;
                name: string;
                pattern?: string;
                required?: boolean;
                /** @enum {string} */
                type?: "string" | "multiline" | "secret" | "int" | "decimal" | "boolean" | "enum" | "enumList" | "date" | "duration" | "resource" | "device" | "group" | "dataModelKey" | "ip" | "mac";
                /**
                 * @description What the length of a text is counted in
                 * @enum {string}
                 */
                unit?: "characters" | "bytes";
            }[];
            quickFix?: {
                confirm?: boolean;
                /**
                 * @description Whether pressing it asks the device to call in
                 * @enum {string}
                 */
                connect?: "never" | "ask" | "always";
                icon?: string;
                name: string;
                permission?: string;
                preferRestart?: boolean;
            } | null;
            settings?: {
                [key: string]: unknown;
            };
            testCase?: boolean;
        };
        /** @description Exactly one of `device` and `group` */
        TemplateTaskInput: {
            active?: boolean;
            /** @description Types are unique */
            alerts?: {
                /** @default  */
                caption: string;
                /**
                 * @default ERROR
                 * @enum {string}
                 */
                on: "ERROR" | "WARNING";
                /**
                 * @description DEBUG 0, INFO 500, WARN 1000, ERROR 2000
                 * @default 2000
                 */
                severity: number;
                type: string;
            }[];
            anonymous?: boolean;
            appliesToSubgroups?: boolean;
            automaticRestart?: boolean;
            bloodline?: string;
            /** @description Told how its runs end, from the first one on; names are unique */
            callbacks?: components["schemas"]["TaskCallbackInput"][];
            comment?: string;
            /** @description The configuration as an object, or as the XML text of `<config>` */
            config?: {
                [key: string]: unknown;
            } | string;
            connect?: components["schemas"]["Connect"];
            /** @description Identity of the device; in a path it is percent-encoded once more */
            device?: string;
            domain?: string;
            /**
             * @description `once` clears the flags of repetition. `once-and-repeat` with a condition and no flag switches automatic restart on; with neither the task runs once
             * @enum {string}
             */
            execute?: "once" | "once-and-repeat";
            executionCondition?: string;
            /** @description RFC 3339, or an ISO 8601 duration from now; null = never */
            expiry?: string | null;
            group?: string;
            logLevel?: components["schemas"]["LogLevel"];
            /** @description Seconds */
            minInterval?: number;
            name?: string;
            /** @description Values of the parameters by their names; what is left out takes its default */
            parameters?: {
                [key: string]: unknown;
            };
            priority?: number;
            /** @description Names are unique */
            properties?: {
                /** @constant */
                expression?: true;
                name: string;
                /** @constant */
                secret?: true;
                value: string;
            }[];
            repeatOnBootstrap?: boolean;
            /** @description How often a run that lost its connection goes on in a later session before it ends with ERROR; default 0 */
            resumeAfterDisconnect?: number;
            /** @description Group tasks: lets devices in wave by wave; null = all at once. Waves that are open cannot be changed */
            rollout?: components["schemas"]["RolloutInput"] | null;
            /** @description A predefined schedule by reference, or one of its own; null = always */
            schedule?: ({
                ref: string;
            } | {
                description?: string;
                /** @description RFC 3339; exclusive */
                end?: string | null;
                /** @description Left out: every slot */
                map?: string;
                /** @description RFC 3339; inclusive */
                start?: string | null;
                zone?: string;
            }) | null;
            scheduleConnection?: boolean;
            tags?: string[];
            transientReport?: boolean;
        };
        TemplateUses: {
            items: {
                id: string;
                /** @enum {string} */
                kind: "quick-fix" | "template" | "task" | "device" | "service";
                text: string;
            }[];
        };
        Token: {
            /** Format: date-time */
            createdAt: string;
            expiresAt: string | null;
            id: string;
            lastUsedAt: string | null;
            name: string;
            networks: string[];
            prefix: string;
            /** @description null = all that the owner may */
            scopes: string[] | null;
            user: string;
        };
        TokenCreated: {
            /** Format: date-time */
            createdAt: string;
            expiresAt: string | null;
            id: string;
            lastUsedAt: string | null;
            name: string;
            networks: string[];
            prefix: string;
            /** @description null = all that the owner may */
            scopes: string[] | null;
            /** @description The value; shown once */
            token: string;
            user: string;
        };
        TokenInput: {
            expiresAt?: string | null;
            name: string;
            networks?: string[];
            scopes?: string[] | null;
        };
        TokenList: {
            items: components["schemas"]["Token"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        TracedName: {
            /** Format: date-time */
            at: string;
            /** @description Alias of the trace, or path of the parameter */
            name: string;
            /** @description Of a secret a mask */
            value: string;
        };
        TracedNameList: {
            items: components["schemas"]["TracedName"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        /** @description What an import takes */
        TransferFile: {
            /** Format: date-time */
            exportedAt: string;
            /** @description By name; secrets are masked for those who may not see them */
            items: {
                [key: string]: unknown;
            }[];
            /** @enum {string} */
            kind: "templates" | "quick-fixes" | "schedules" | "services" | "tasks";
        };
        TransferInput: {
            exportedAt?: string;
            items: {
                [key: string]: unknown;
            }[];
            /**
             * @description Must be that of the address
             * @enum {string}
             */
            kind?: "templates" | "quick-fixes" | "schedules" | "services" | "tasks";
        };
        /** @description In the order of the file; each item stands for itself */
        TransferResult: {
            added: number;
            dryRun: boolean;
            items: {
                errors: components["schemas"]["FieldIssue"][];
                /** @description In the file, from 0 */
                index: number;
                /** @description Why it was skipped or refused; else empty */
                message: string;
                name: string;
                /** @enum {string} */
                outcome: "added" | "updated" | "unchanged" | "skipped" | "refused";
            }[];
            refused: number;
            skipped: number;
            unchanged: number;
            updated: number;
        };
        UploadInput: {
            comment?: string;
            connect?: components["schemas"]["Connect"];
            fileType?: string;
            priority?: number;
        };
        User: {
            active: boolean;
            administrator: boolean;
            /** Format: date-time */
            createdAt: string;
            domain: string;
            lastLogin: string | null;
            login: string;
            name: string;
            /** @description A node gives its leaves */
            permissions: string[];
            version: number;
        };
        UserCreated: {
            active: boolean;
            administrator: boolean;
            /** Format: date-time */
            createdAt: string;
            domain: string;
            /** @description Shown once */
            generatedPassword?: string;
            lastLogin: string | null;
            login: string;
            name: string;
            /** @description A node gives its leaves */
            permissions: string[];
            version: number;
        };
        UserInput: {
            active?: boolean;
            administrator?: boolean;
            domain?: string;
            login: string;
            name?: string;
            /**
             * Format: password
             * @description Left out: one is made, and shown in the answer alone
             */
            password?: string;
            permissions?: string[];
        };
        UserList: {
            items: components["schemas"]["User"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        UserPatch: {
            active?: boolean;
            administrator?: boolean;
            domain?: string;
            name?: string;
            /** Format: password */
            password?: string;
            permissions?: string[];
        };
        ValueSample: {
            /** Format: date-time */
            at: string;
            /** @description Alias of the trace, or path of the parameter */
            name: string;
            /** @description Of a secret a mask */
            value: string;
        };
        ValueSampleList: {
            items: components["schemas"]["ValueSample"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        XmlTagList: {
            items: {
                attributes: {
                    default: string | null;
                    documentation: string;
                    name: string;
                    required: boolean;
                    secret: boolean;
                    /** @description Takes no expression */
                    static: boolean;
                    type: string;
                    values: string[] | null;
                }[];
                /** @description Stands only where a tag lists it as its own */
                child: boolean;
                /** @description Tags that stand in this one only */
                children: string[];
                /** @description Takes all tags that are nobody’s own */
                container: boolean;
                documentation: string;
                /** @description `attributes`: named `tag.attribute`; `content`: another language inside */
                free: ("attributes" | "content") | null;
                name: string;
                section: string;
                /** @description Tag that it needs around it, at whatever distance */
                within: string | null;
            }[];
            next: null;
        };
    };
    responses: never;
    parameters: {
        /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
        IdempotencyKey: string;
        /** @description ETag of the version that is to be changed; 412 when it is another one */
        IfMatch: string;
        /** @description ETag of the version at hand; 304 when it is still the same */
        IfNoneMatch: string;
        /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
        Prefer: string;
        /** @description Comes back in the answer and in the audit */
        RequestId: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listAlerts: {
        parameters: {
            query?: {
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                /** @description Items a page; default 100 */
                limit?: number;
                /** @description Left out: those that are raised and those that were */
                raised?: boolean;
                /** @description This or more */
                severity?: number;
                target?: string;
                type?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of alerts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertList"];
                };
            };
        };
    };
    listAudit: {
        parameters: {
            query?: {
                action?: string;
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                from?: string;
                /** @description Items a page; default 100 */
                limit?: number;
                object?: string;
                to?: string;
                user?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of entries */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditList"];
                };
            };
        };
    };
    invalidateToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    passwordGrant: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["PasswordGrant"];
            };
        };
        responses: {
            /** @description The token */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessToken"];
                };
            };
        };
    };
    openSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SessionLogin"];
            };
        };
        responses: {
            /** @description Signed in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionOpened"];
                };
            };
        };
    };
    closeSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listCampaigns: {
        parameters: {
            query?: {
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                group?: string;
                /** @description Items a page; default 100 */
                limit?: number;
                phase?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of campaigns */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignList"];
                };
            };
        };
    };
    createCampaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CampaignInput"];
            };
        };
        responses: {
            /** @description The campaign */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
        };
    };
    getCampaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version at hand; 304 when it is still the same */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The campaign */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
        };
    };
    deleteCampaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchCampaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CampaignPatch"];
            };
        };
        responses: {
            /** @description The campaign */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
        };
    };
    listCampaignDevices: {
        parameters: {
            query?: {
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                /** @description Items a page; default 100 */
                limit?: number;
                state?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of devices */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignDeviceList"];
                };
            };
        };
    };
    getCampaignProgress: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The numbers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignProgress"];
                };
            };
        };
    };
    resumeCampaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The campaign */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
        };
    };
    suspendCampaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The campaign */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
        };
    };
    listDevices: {
        parameters: {
            query?: {
                count?: boolean;
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                /** @description A domain, or one below it */
                domain?: string;
                expression?: string;
                fields?: string;
                filter?: string;
                /** @description A group, or one below it */
                group?: string;
                /** @description WAN address or source address, exactly */
                ip?: string;
                /** @description Items a page; default 100 */
                limit?: number;
                /** @description MAC address, exactly, in any notation */
                mac?: string;
                /** @description Model name, exactly */
                model?: string;
                /** @description OUI, exactly */
                oui?: string;
                /** @description A property’s value: `property.NAME=…` */
                property?: {
                    [key: string]: string;
                };
                /** @description Part of identity, serial number, MAC, address, model, description or an indexed value */
                q?: string;
                /** @description Id of a saved filter of this list */
                savedFilter?: string;
                /** @description Serial number, exactly */
                serial?: string;
                /** @description Software version, exactly */
                software?: string;
                sort?: string;
                state?: string;
                /** @description A tag */
                tag?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of devices; newest visit first unless sorted otherwise */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceList"];
                };
            };
        };
    };
    createDevice: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeviceInput"];
            };
        };
        responses: {
            /** @description The device */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Device"];
                };
            };
        };
    };
    getDevice: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version at hand; 304 when it is still the same */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The device */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Device"];
                };
            };
        };
    };
    putDevice: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeviceReplace"];
            };
        };
        responses: {
            /** @description The device */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Device"];
                };
            };
            /** @description The device was created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Device"];
                };
            };
        };
    };
    deleteDevice: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchDevice: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DevicePatch"];
            };
        };
        responses: {
            /** @description The device */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Device"];
                };
            };
        };
    };
    backup: {
        parameters: {
            query?: {
                /** @description What becomes of the task when the time of `Prefer: wait` is over; default keep */
                onTimeout?: "keep" | "delete";
            };
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["BackupInput"];
            };
        };
        responses: {
            /** @description Finished within the time of `Prefer: wait` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResult"];
                };
            };
            /** @description The task was added to the list of the device */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Not finished within the time of `Prefer: wait`; the task stays */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAccepted"];
                };
            };
        };
    };
    connectDevice: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The outcome is final */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionRequest"];
                };
            };
            /** @description The request is under way */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionRequest"];
                };
            };
        };
    };
    download: {
        parameters: {
            query?: {
                /** @description What becomes of the task when the time of `Prefer: wait` is over; default keep */
                onTimeout?: "keep" | "delete";
            };
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DownloadInput"];
            };
        };
        responses: {
            /** @description Finished within the time of `Prefer: wait` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResult"];
                };
            };
            /** @description The task was added to the list of the device */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Not finished within the time of `Prefer: wait`; the task stays */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAccepted"];
                };
            };
        };
    };
    factoryReset: {
        parameters: {
            query?: {
                /** @description What becomes of the task when the time of `Prefer: wait` is over; default keep */
                onTimeout?: "keep" | "delete";
            };
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["FactoryResetInput"];
            };
        };
        responses: {
            /** @description Finished within the time of `Prefer: wait` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResult"];
                };
            };
            /** @description The task was added to the list of the device */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Not finished within the time of `Prefer: wait`; the task stays */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAccepted"];
                };
            };
        };
    };
    firmwareUpgrade: {
        parameters: {
            query?: {
                /** @description What becomes of the task when the time of `Prefer: wait` is over; default keep */
                onTimeout?: "keep" | "delete";
            };
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FirmwareUpgradeInput"];
            };
        };
        responses: {
            /** @description Finished within the time of `Prefer: wait` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResult"];
                };
            };
            /** @description The task was added to the list of the device */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Not finished within the time of `Prefer: wait`; the task stays */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAccepted"];
                };
            };
        };
    };
    pressQuickFix: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Name of the quick fix */
                fix: string;
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["QuickFixPress"];
            };
        };
        responses: {
            /** @description Finished within the time of `Prefer: wait` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResult"];
                };
            };
            /** @description The task was added to the list of the device */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Not finished within the time of `Prefer: wait`; the task stays */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAccepted"];
                };
            };
        };
    };
    reboot: {
        parameters: {
            query?: {
                /** @description What becomes of the task when the time of `Prefer: wait` is over; default keep */
                onTimeout?: "keep" | "delete";
            };
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RebootInput"];
            };
        };
        responses: {
            /** @description Finished within the time of `Prefer: wait` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResult"];
                };
            };
            /** @description The task was added to the list of the device */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Not finished within the time of `Prefer: wait`; the task stays */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAccepted"];
                };
            };
        };
    };
    refresh: {
        parameters: {
            query?: {
                /** @description What becomes of the task when the time of `Prefer: wait` is over; default keep */
                onTimeout?: "keep" | "delete";
            };
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RefreshInput"];
            };
        };
        responses: {
            /** @description Finished within the time of `Prefer: wait` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResult"];
                };
            };
            /** @description The task was added to the list of the device */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Not finished within the time of `Prefer: wait`; the task stays */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAccepted"];
                };
            };
        };
    };
    restore: {
        parameters: {
            query?: {
                /** @description What becomes of the task when the time of `Prefer: wait` is over; default keep */
                onTimeout?: "keep" | "delete";
            };
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RestoreInput"];
            };
        };
        responses: {
            /** @description Finished within the time of `Prefer: wait` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResult"];
                };
            };
            /** @description The task was added to the list of the device */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Not finished within the time of `Prefer: wait`; the task stays */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAccepted"];
                };
            };
        };
    };
    upload: {
        parameters: {
            query?: {
                /** @description What becomes of the task when the time of `Prefer: wait` is over; default keep */
                onTimeout?: "keep" | "delete";
            };
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UploadInput"];
            };
        };
        responses: {
            /** @description Finished within the time of `Prefer: wait` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResult"];
                };
            };
            /** @description The task was added to the list of the device */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Not finished within the time of `Prefer: wait`; the task stays */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAccepted"];
                };
            };
        };
    };
    listActivity: {
        parameters: {
            query?: {
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                /** @description Items a page; default 100 */
                limit?: number;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of entries */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActivityList"];
                };
            };
        };
    };
    listDeviceAlerts: {
        parameters: {
            query?: {
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                /** @description Items a page; default 100 */
                limit?: number;
                /** @description Left out: those that are raised and those that were */
                raised?: boolean;
                /** @description This or more */
                severity?: number;
                type?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of alerts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertList"];
                };
            };
        };
    };
    setBlacklist: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BlacklistInput"];
            };
        };
        responses: {
            /** @description The device */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Device"];
                };
            };
        };
    };
    listConnectionRequests: {
        parameters: {
            query?: {
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                /** @description Items a page; default 100 */
                limit?: number;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of connection requests */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionRequestList"];
                };
            };
        };
    };
    setCredentials: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeviceCredentialsInput"];
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listDeviceGroups: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The groups in view */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceGroups"];
                };
            };
        };
    };
    joinGroups: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JoinGroups"];
            };
        };
        responses: {
            /** @description The groups in view */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceGroups"];
                };
            };
        };
    };
    leaveGroup: {
        parameters: {
            query?: {
                /** @description Also what lies below; default false */
                subgroups?: boolean;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
                /** @description Full name; dots make levels */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listAddresses: {
        parameters: {
            query?: {
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                /** @description Items a page; default 100 */
                limit?: number;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of addresses */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddressUseList"];
                };
            };
        };
    };
    setManagement: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ManagementInput"];
            };
        };
        responses: {
            /** @description The device */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Device"];
                };
            };
        };
    };
    addObject: {
        parameters: {
            query?: {
                /** @description What becomes of the task when the time of `Prefer: wait` is over; default keep */
                onTimeout?: "keep" | "delete";
            };
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddObjectInput"];
            };
        };
        responses: {
            /** @description Finished within the time of `Prefer: wait` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResult"];
                };
            };
            /** @description The task was added to the list of the device */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Not finished within the time of `Prefer: wait`; the task stays */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAccepted"];
                };
            };
        };
    };
    deleteObject: {
        parameters: {
            query?: {
                /** @description What becomes of the task when the time of `Prefer: wait` is over; default keep */
                onTimeout?: "keep" | "delete";
            };
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteObjectInput"];
            };
        };
        responses: {
            /** @description Finished within the time of `Prefer: wait` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResult"];
                };
            };
            /** @description The task was added to the list of the device */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Not finished within the time of `Prefer: wait`; the task stays */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAccepted"];
                };
            };
        };
    };
    listParameters: {
        parameters: {
            query?: {
                changedSince?: string;
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                /** @description Levels below the prefix */
                depth?: number;
                format?: "flat" | "tree";
                /** @description Flat form only; default 1,000 */
                limit?: number;
                /** @description Only this path and what is below it */
                prefix?: string;
                /** @description Part of a path, or of a value that is not secret */
                search?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Parameters in natural order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ParameterList"];
                };
            };
        };
    };
    readParameters: {
        parameters: {
            query?: {
                /** @description What becomes of the task when the time of `Prefer: wait` is over; default keep */
                onTimeout?: "keep" | "delete";
            };
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReadParametersInput"];
            };
        };
        responses: {
            /** @description Finished within the time of `Prefer: wait` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResult"];
                };
            };
            /** @description The task was added to the list of the device */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Not finished within the time of `Prefer: wait`; the task stays */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAccepted"];
                };
            };
        };
    };
    setParameters: {
        parameters: {
            query?: {
                /** @description What becomes of the task when the time of `Prefer: wait` is over; default keep */
                onTimeout?: "keep" | "delete";
            };
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetParametersInput"];
            };
        };
        responses: {
            /** @description Finished within the time of `Prefer: wait` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResult"];
                };
            };
            /** @description The task was added to the list of the device */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Not finished within the time of `Prefer: wait`; the task stays */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAccepted"];
                };
            };
        };
    };
    getDeviceProfile: {
        parameters: {
            query?: {
                /** @description Part of a name or of a value that is no secret */
                q?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Each value with its source and what lost */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EffectiveProfile"];
                };
            };
        };
    };
    listProperties: {
        parameters: {
            query?: {
                /** @description Part of a name or of a value that is no secret */
                q?: string;
            };
            header?: {
                /** @description ETag of the version at hand; 304 when it is still the same */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The properties */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceProperties"];
                };
            };
        };
    };
    putProperties: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DevicePropertiesReplace"];
            };
        };
        responses: {
            /** @description The properties */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceProperties"];
                };
            };
        };
    };
    patchProperties: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DevicePropertiesPatch"];
            };
        };
        responses: {
            /** @description The properties */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceProperties"];
                };
            };
        };
    };
    getProperty: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version at hand; 304 when it is still the same */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
                property: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The property */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceProperty"];
                };
            };
        };
    };
    putProperty: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
                property: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DevicePropertyInput"];
            };
        };
        responses: {
            /** @description The property */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceProperty"];
                };
            };
        };
    };
    deleteProperty: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
                property: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getQueue: {
        parameters: {
            query?: {
                at?: string;
                expression?: string;
                /** @description Columns of an export, comma-separated */
                fields?: string;
                filter?: string;
                /** @description Id of a saved filter of this list */
                savedFilter?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The ordered list */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queue"];
                };
            };
        };
    };
    listScheduledConnections: {
        parameters: {
            query?: {
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                /** @description Items a page; default 100 */
                limit?: number;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of times */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduledConnectionList"];
                };
            };
        };
    };
    createScheduledConnection: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScheduledConnectionInput"];
            };
        };
        responses: {
            /** @description The time */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduledConnection"];
                };
            };
        };
    };
    deleteScheduledConnection: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                entry: string;
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchScheduledConnection: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                entry: string;
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScheduledConnectionInput"];
            };
        };
        responses: {
            /** @description The time */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduledConnection"];
                };
            };
        };
    };
    listDeviceServices: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By caption */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceServiceList"];
                };
            };
        };
    };
    activateService: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
                /** @description Key of the service */
                key: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ServiceOrder"];
            };
        };
        responses: {
            /** @description Finished within the time of `Prefer: wait` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResult"];
                };
            };
            /** @description The task was added to the list of the device */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Not finished within the time of `Prefer: wait`; the task stays */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAccepted"];
                };
            };
        };
    };
    configureService: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
                /** @description Key of the service */
                key: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ServiceOrder"];
            };
        };
        responses: {
            /** @description Finished within the time of `Prefer: wait` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResult"];
                };
            };
            /** @description The task was added to the list of the device */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Not finished within the time of `Prefer: wait`; the task stays */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAccepted"];
                };
            };
        };
    };
    deactivateService: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
                /** @description Key of the service */
                key: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ServiceOrder"];
            };
        };
        responses: {
            /** @description Finished within the time of `Prefer: wait` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResult"];
                };
            };
            /** @description The task was added to the list of the device */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Not finished within the time of `Prefer: wait`; the task stays */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAccepted"];
                };
            };
        };
    };
    migrateService: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
                /** @description Key of the service */
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ServiceMigration"];
            };
        };
        responses: {
            /** @description The tasks */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceMigrated"];
                };
            };
        };
    };
    listSessions: {
        parameters: {
            query?: {
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                from?: string;
                /** @description Items a page; default 100 */
                limit?: number;
                to?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of sessions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                };
            };
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
                sid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionDetails"];
                };
            };
        };
    };
    getDeviceState: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The state */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceState"];
                };
            };
        };
    };
    listValueHistory: {
        parameters: {
            query?: {
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                from?: string;
                /** @description Items a page; default 100 */
                limit?: number;
                /** @description The one series; left out: all */
                name?: string;
                /** @description Exclusive */
                to?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of samples */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValueSampleList"];
                };
            };
        };
    };
    listTracedNames: {
        parameters: {
            query?: {
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                /** @description Items a page; default 100 */
                limit?: number;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of names, in alphabetical order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TracedNameList"];
                };
            };
        };
    };
    searchDevices: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeviceSearch"];
            };
        };
        responses: {
            /** @description A page of devices */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceList"];
                };
            };
        };
    };
    listEvents: {
        parameters: {
            query?: {
                after?: string;
                device?: string;
                /** @description Items a page; default 100 */
                limit?: number;
                /** @description Comma-separated; `execution.*` stands for all of an area */
                types?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events in order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventList"];
                };
            };
        };
    };
    streamEvents: {
        parameters: {
            query?: {
                after?: string;
                device?: string;
                /** @description Comma-separated; `execution.*` stands for all of an area */
                types?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description CloudEvents, one a message */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
        };
    };
    listExecutions: {
        parameters: {
            query?: {
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                device?: string;
                /** @description Leaves tasks of groups out; default false */
                directTasksOnly?: boolean;
                expression?: string;
                /** @description Comma-separated names of fields; of an export its columns */
                fields?: string;
                filter?: string;
                /** @description Items a page; default 100 */
                limit?: number;
                /** @description Id of a saved filter of this list */
                savedFilter?: string;
                status?: string;
                task?: string;
                updatedSince?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of reports */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExecutionList"];
                };
            };
        };
    };
    getExecution: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Execution id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExecutionReport"];
                };
            };
        };
    };
    getExecutionHistory: {
        parameters: {
            query?: {
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                /** @description Items a page; default 100 */
                limit?: number;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Execution id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of runs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PastRunList"];
                };
            };
        };
    };
    getExecutionLog: {
        parameters: {
            query?: {
                /** @description Lines after this number */
                after?: number;
                /** @description This level and those above it */
                level?: components["schemas"]["LogLevel"];
                /** @description Items a page; default 100 */
                limit?: number;
                /** @description Default: the newest run */
                run?: number;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Execution id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lines in order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogLineList"];
                };
            };
        };
    };
    listPastRuns: {
        parameters: {
            query?: {
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                device?: string;
                from?: string;
                /** @description Items a page; default 100 */
                limit?: number;
                status?: string;
                task?: string;
                /** @description Exclusive */
                to?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of runs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PastRunList"];
                };
            };
        };
    };
    searchExecutions: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExecutionSearch"];
            };
        };
        responses: {
            /** @description A page of reports */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExecutionList"];
                };
            };
        };
    };
    checkExpression: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExpressionCheck"];
            };
        };
        responses: {
            /** @description What is wrong with it, or what it gives */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExpressionChecked"];
                };
            };
        };
    };
    completeExpression: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExpressionComplete"];
            };
        };
        responses: {
            /** @description The suggestions; none = nothing fits */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExpressionCompletion"];
                };
            };
        };
    };
    evaluateExpression: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExpressionEvaluate"];
            };
        };
        responses: {
            /** @description The value */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExpressionValue"];
                };
            };
        };
    };
    getExpressionReference: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The language */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExpressionReference"];
                };
            };
        };
    };
    listFilters: {
        parameters: {
            query?: {
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                /** @description Items a page; default 100 */
                limit?: number;
                list?: "devices" | "tasks" | "executions";
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of saved searches */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedFilterList"];
                };
            };
        };
    };
    createFilter: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SavedFilterInput"];
            };
        };
        responses: {
            /** @description The saved search */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedFilter"];
                };
            };
        };
    };
    getFilter: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The saved search */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedFilter"];
                };
            };
        };
    };
    deleteFilter: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchFilter: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SavedFilterPatch"];
            };
        };
        responses: {
            /** @description The saved search */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedFilter"];
                };
            };
        };
    };
    listGroups: {
        parameters: {
            query?: {
                count?: boolean;
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                /** @description A domain, or one below it */
                domain?: string;
                kind?: components["schemas"]["GroupKind"];
                /** @description Items a page; default 100 */
                limit?: number;
                /** @description Only groups directly below this one */
                parent?: string;
                /** @description Part of the name or the description */
                q?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of groups */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupList"];
                };
            };
        };
    };
    createGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GroupInput"];
            };
        };
        responses: {
            /** @description The group */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Group"];
                };
            };
        };
    };
    pressGroupQuickFix: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Name of the quick fix */
                fix: string;
                /** @description Full name of the group */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["GroupQuickFixPress"];
            };
        };
        responses: {
            /** @description The task */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
        };
    };
    getGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version at hand; 304 when it is still the same */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Full name; dots make levels */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The group */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Group"];
                };
            };
        };
    };
    putGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Full name; dots make levels */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GroupReplace"];
            };
        };
        responses: {
            /** @description The group */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Group"];
                };
            };
            /** @description The group was created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Group"];
                };
            };
        };
    };
    deleteGroup: {
        parameters: {
            query?: {
                /** @description Also what lies below; default false */
                subgroups?: boolean;
            };
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Full name; dots make levels */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Full name; dots make levels */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GroupPatch"];
            };
        };
        responses: {
            /** @description The group */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Group"];
                };
            };
        };
    };
    detachAll: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Full name; dots make levels */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DetachInput"];
            };
        };
        responses: {
            /** @description What changed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupMembersChanged"];
                };
            };
        };
    };
    getGroupEffectiveProfile: {
        parameters: {
            query?: {
                /** @description Part of a name or of a value that is no secret */
                q?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Full name; dots make levels */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Each value with its source and what lost */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EffectiveProfile"];
                };
            };
        };
    };
    listMembers: {
        parameters: {
            query?: {
                count?: boolean;
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                expression?: string;
                fields?: string;
                filter?: string;
                /** @description Items a page; default 100 */
                limit?: number;
                q?: string;
                /** @description Id of a saved filter of this list */
                savedFilter?: string;
                /** @description Also what lies below; default false */
                subgroups?: boolean;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Full name; dots make levels */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of devices */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceList"];
                };
            };
        };
    };
    addMembers: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Full name; dots make levels */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GroupMembersInput"];
            };
        };
        responses: {
            /** @description What changed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupMembersChanged"];
                };
            };
        };
    };
    removeMember: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
                /** @description Full name; dots make levels */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    removeMembers: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Full name; dots make levels */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GroupMembersRemoval"];
            };
        };
        responses: {
            /** @description What changed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupMembersChanged"];
                };
            };
        };
    };
    searchMembers: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Full name; dots make levels */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MemberSearch"];
            };
        };
        responses: {
            /** @description A page of devices */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceList"];
                };
            };
        };
    };
    listMigrations: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Full name; dots make levels */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rules, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MigrationRuleList"];
                };
            };
        };
    };
    createMigration: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Full name; dots make levels */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MigrationRuleInput"];
            };
        };
        responses: {
            /** @description The rule */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MigrationRule"];
                };
            };
        };
    };
    getMigration: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version at hand; 304 when it is still the same */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Rule id */
                id: string;
                /** @description Full name; dots make levels */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rule */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MigrationRule"];
                };
            };
        };
    };
    deleteMigration: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Rule id */
                id: string;
                /** @description Full name; dots make levels */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchMigration: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Rule id */
                id: string;
                /** @description Full name; dots make levels */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MigrationRulePatch"];
            };
        };
        responses: {
            /** @description The rule */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MigrationRule"];
                };
            };
        };
    };
    dryRunMigration: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Rule id */
                id: string;
                /** @description Full name; dots make levels */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What would happen */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MigrationDryRun"];
                };
            };
        };
    };
    runMigration: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Rule id */
                id: string;
                /** @description Full name; dots make levels */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MigrationRun"];
                };
            };
        };
    };
    cancelMigrationRun: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Rule id */
                id: string;
                /** @description Full name; dots make levels */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    dryRunDraft: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Full name; dots make levels */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MigrationDraft"];
            };
        };
        responses: {
            /** @description What would happen */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MigrationDryRun"];
                };
            };
        };
    };
    getProfile: {
        parameters: {
            query?: {
                /** @description Part of a name or of a value that is no secret */
                q?: string;
            };
            header?: {
                /** @description ETag of the version at hand; 304 when it is still the same */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Full name; dots make levels */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The values that the group itself sets */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Profile"];
                };
            };
        };
    };
    putProfile: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Full name; dots make levels */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProfileReplace"];
            };
        };
        responses: {
            /** @description The profile */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Profile"];
                };
            };
        };
    };
    patchProfile: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Full name; dots make levels */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProfilePatch"];
            };
        };
        responses: {
            /** @description The profile */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Profile"];
                };
            };
        };
    };
    copyProfile: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Full name; dots make levels */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProfileCopy"];
            };
        };
        responses: {
            /** @description The profile */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Profile"];
                };
            };
        };
    };
    getImpact: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Full name; dots make levels */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProfilePatch"];
            };
        };
        responses: {
            /** @description The count */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProfileImpact"];
                };
            };
        };
    };
    listGroupServices: {
        parameters: {
            query?: {
                /** @description Also count the members on which each is active */
                count?: boolean;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Full name; dots make levels */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By caption */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupServiceList"];
                };
            };
        };
    };
    putGroupService: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Key of the service */
                key: string;
                /** @description Full name; dots make levels */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GroupServiceInput"];
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupService"];
                };
            };
        };
    };
    getGroupStatistics: {
        parameters: {
            query?: {
                /** @description Count anew */
                refresh?: boolean;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Full name; dots make levels */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The counts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupStatistics"];
                };
            };
        };
    };
    healthLive: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    healthReady: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All do */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The caller */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
        };
    };
    patchMe: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MePatch"];
            };
        };
        responses: {
            /** @description The caller */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listMeanings: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All meanings */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeaningList"];
                };
            };
        };
    };
    getOpenApi: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    listDescriptors: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By name; those of the ACS too */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PropertyDescriptorList"];
                };
            };
        };
    };
    getDescriptor: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version at hand; 304 when it is still the same */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                property: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The descriptor */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PropertyDescriptor"];
                };
            };
        };
    };
    putDescriptor: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                property: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PropertyDescriptorInput"];
            };
        };
        responses: {
            /** @description The descriptor */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PropertyDescriptor"];
                };
            };
            /** @description The descriptor was made */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PropertyDescriptor"];
                };
            };
        };
    };
    deleteDescriptor: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                property: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listQuickFixes: {
        parameters: {
            query?: {
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                /** @description Items a page; default 100 */
                limit?: number;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of quick fixes, by name of their template */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuickFixList"];
                };
            };
        };
    };
    listResources: {
        parameters: {
            query?: {
                category?: components["schemas"]["ResourceCategory"];
                count?: boolean;
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                device?: string;
                /** @description Items a page; default 100 */
                limit?: number;
                /** @description Files that fit this model */
                model?: string;
                /** @description Part of name, file name, version or description */
                q?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of files */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResourceList"];
                };
            };
        };
    };
    createResource: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    category: components["schemas"]["ResourceCategory"];
                    contentType?: string;
                    description?: string;
                    device?: string;
                    domain?: string;
                    /** @description The bytes */
                    file: string;
                    fileName?: string;
                    fileType?: string;
                    models?: string[];
                    name?: string;
                    version?: string;
                };
            };
        };
        responses: {
            /** @description The file */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resource"];
                };
            };
        };
    };
    getResource: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version at hand; 304 when it is still the same */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Resource id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resource"];
                };
            };
        };
    };
    deleteResource: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Resource id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchResource: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Resource id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResourcePatch"];
            };
        };
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resource"];
                };
            };
        };
    };
    getResourceContent: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version at hand; 304 when it is still the same */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Resource id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description The range */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
        };
    };
    listRollouts: {
        parameters: {
            query?: {
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                /** @description Items a page; default 100 */
                limit?: number;
                phase?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of rollouts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RolloutList"];
                };
            };
        };
    };
    listSchedules: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them, by description */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduleList"];
                };
            };
        };
    };
    createSchedule: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScheduleInput"];
            };
        };
        responses: {
            /** @description The schedule */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedule"];
                };
            };
        };
    };
    getSchedule: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version at hand; 304 when it is still the same */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Schedule id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The schedule */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedule"];
                };
            };
        };
    };
    deleteSchedule: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Schedule id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchSchedule: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Schedule id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScheduleInput"];
            };
        };
        responses: {
            /** @description The schedule */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedule"];
                };
            };
        };
    };
    previewSchedule: {
        parameters: {
            query?: {
                at?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScheduleInput"];
            };
        };
        responses: {
            /** @description In words, and the next ten spans */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SchedulePreview"];
                };
            };
        };
    };
    listServices: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All that can be used from the caller’s domain */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceList"];
                };
            };
        };
    };
    createService: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ServiceInput"];
            };
        };
        responses: {
            /** @description The service */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Service"];
                };
            };
        };
    };
    getService: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version at hand; 304 when it is still the same */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Key of the service */
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The service */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Service"];
                };
            };
        };
    };
    deleteService: {
        parameters: {
            query?: {
                confirmed?: boolean;
            };
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Key of the service */
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchService: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Key of the service */
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ServicePatch"];
            };
        };
        responses: {
            /** @description The service */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Service"];
                };
            };
        };
    };
    getSystem: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The system */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SystemInfo"];
                };
            };
        };
    };
    listJobs: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All jobs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobList"];
                };
            };
        };
    };
    listTaskTypes: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All task types */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskTypeList"];
                };
            };
        };
    };
    checkTaskConfig: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Name of a task type */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskConfigCheck"];
            };
        };
        responses: {
            /** @description What is wrong */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskConfigChecked"];
                };
            };
        };
    };
    completeTaskConfig: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Name of a task type */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskConfigComplete"];
            };
        };
        responses: {
            /** @description The suggestions; none = nothing fits */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskConfigCompletion"];
                };
            };
        };
    };
    listXmlTags: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Name of a task type */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All tags */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["XmlTagList"];
                };
            };
        };
    };
    listTasks: {
        parameters: {
            query?: {
                active?: boolean;
                automaticRestart?: boolean;
                bloodline?: string;
                /** @description Part of the comment */
                comment?: string;
                count?: boolean;
                createdAfter?: string;
                createdBefore?: string;
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                device?: string;
                /** @description A domain, or one below it */
                domain?: string;
                expression?: string;
                /** @description Comma-separated names of fields; of an export its columns */
                fields?: string;
                filter?: string;
                /** @description Its tasks in the order of execution */
                group?: string;
                /** @description Part of the id */
                id?: string;
                /** @description With `group`: also those of groups above that apply to it */
                inherited?: boolean;
                /** @description Items a page; default 100 */
                limit?: number;
                /** @description Part of the name */
                name?: string;
                priority?: number;
                /** @description Id of a saved filter of this list */
                savedFilter?: string;
                tag?: string;
                target?: "device" | "group";
                type?: string;
                user?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of tasks */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskList"];
                };
            };
        };
    };
    createTask: {
        parameters: {
            query?: {
                /** @description What becomes of the task when the time of `Prefer: wait` is over; default keep */
                onTimeout?: "keep" | "delete";
            };
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskInput"];
            };
        };
        responses: {
            /** @description Finished within the time of `Prefer: wait` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResult"];
                };
            };
            /** @description The task was added to the list of the device */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Not finished within the time of `Prefer: wait`; the task stays */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAccepted"];
                };
            };
        };
    };
    getTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version at hand; 304 when it is still the same */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Task id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The task */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
        };
    };
    putTask: {
        parameters: {
            query?: {
                /** @description Also restarts the task */
                restart?: boolean;
            };
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Task id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskReplace"];
            };
        };
        responses: {
            /** @description The task */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
        };
    };
    deleteTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Task id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchTask: {
        parameters: {
            query?: {
                /** @description Also restarts the task */
                restart?: boolean;
            };
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Task id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskPatch"];
            };
        };
        responses: {
            /** @description The task */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
        };
    };
    advanceTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Task id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskAdvance"];
            };
        };
        responses: {
            /** @description `dryRun`: the number of devices */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAdvanced"];
                };
            };
            /** @description The copy */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAdvanced"];
                };
            };
        };
    };
    listTaskCallbacks: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Task id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them, by name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskCallbackList"];
                };
            };
        };
    };
    addTaskCallback: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Task id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskCallbackInput"];
            };
        };
        responses: {
            /** @description The callback */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskCallback"];
                };
            };
        };
    };
    getTaskCallback: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version at hand; 304 when it is still the same */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Task id */
                id: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The callback */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskCallback"];
                };
            };
        };
    };
    deleteTaskCallback: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Task id */
                id: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchTaskCallback: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Task id */
                id: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskCallbackPatch"];
            };
        };
        responses: {
            /** @description The callback */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskCallback"];
                };
            };
        };
    };
    copyTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Task id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["TaskCopy"];
            };
        };
        responses: {
            /** @description The copy */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
        };
    };
    countTaskDevices: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Task id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The task with its `deviceCount` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
        };
    };
    listTaskDevices: {
        parameters: {
            query?: {
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                /** @description Items a page; default 100 */
                limit?: number;
                status?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Task id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of devices */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskDeviceList"];
                };
            };
        };
    };
    getEditionLog: {
        parameters: {
            query?: {
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                /** @description Items a page; default 100 */
                limit?: number;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Task id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of changes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EditionList"];
                };
            };
        };
    };
    restoreEdition: {
        parameters: {
            query?: {
                /** @description Also restarts it */
                restart?: boolean;
            };
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                edition: string;
                /** @description Task id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The task */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
        };
    };
    pauseTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Task id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskPauseInput"];
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listPauses: {
        parameters: {
            query?: {
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                /** @description Items a page; default 100 */
                limit?: number;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Task id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of pauses */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskPauseList"];
                };
            };
        };
    };
    restartTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Task id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["TaskRestart"];
            };
        };
        responses: {
            /** @description Finished within the time of `Prefer: wait` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResult"];
                };
            };
            /** @description Not finished within the time of `Prefer: wait`; the task stays */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAccepted"];
                };
            };
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    restartFailedTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Task id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The task */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
        };
    };
    resumeTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Task id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskPauseInput"];
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getRollout: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Task id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rollout; the version is that of the task */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rollout"];
                };
            };
        };
    };
    continueRollout: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Task id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RolloutNote"];
            };
        };
        responses: {
            /** @description The rollout */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rollout"];
                };
            };
        };
    };
    openAllWaves: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Task id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RolloutNote"];
            };
        };
        responses: {
            /** @description The rollout */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rollout"];
                };
            };
        };
    };
    openNextWave: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Task id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RolloutNote"];
            };
        };
        responses: {
            /** @description The rollout */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rollout"];
                };
            };
        };
    };
    pauseRollout: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Task id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RolloutNote"];
            };
        };
        responses: {
            /** @description The rollout */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rollout"];
                };
            };
        };
    };
    getGroupTaskStatistics: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Task id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The numbers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupTaskStatistics"];
                };
            };
        };
    };
    undoTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Task id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["TaskUndo"];
            };
        };
        responses: {
            /** @description Finished within the time of `Prefer: wait` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResult"];
                };
            };
            /** @description The task was added to the list of the device */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Not finished within the time of `Prefer: wait`; the task stays */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAccepted"];
                };
            };
        };
    };
    listEditions: {
        parameters: {
            query?: {
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                device?: string;
                from?: string;
                group?: string;
                kind?: "created" | "modified" | "deleted";
                /** @description Items a page; default 100 */
                limit?: number;
                /** @description What was changed */
                object?: "task" | "template";
                /** @description Its id; of a template `t:` and its id */
                task?: string;
                /** @description Exclusive */
                to?: string;
                user?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of changes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EditionList"];
                };
            };
        };
    };
    rehearseTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RehearsalInput"];
            };
        };
        responses: {
            /** @description What would happen */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rehearsal"];
                };
            };
        };
    };
    searchTasks: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskSearch"];
            };
        };
        responses: {
            /** @description A page of tasks */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskList"];
                };
            };
        };
    };
    getTaskStatistics: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The numbers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskStatistics"];
                };
            };
        };
    };
    listTemplates: {
        parameters: {
            query?: {
                count?: boolean;
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                /** @description Items a page; default 100 */
                limit?: number;
                /** @description Part of name or description */
                q?: string;
                /** @description Only quick fixes, or none of them */
                quickFix?: boolean;
                type?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of templates */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateList"];
                };
            };
        };
    };
    createTemplate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TemplateInput"];
            };
        };
        responses: {
            /** @description The template */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Template"];
                };
            };
        };
    };
    getTemplate: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version at hand; 304 when it is still the same */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Template id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The template */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Template"];
                };
            };
        };
    };
    deleteTemplate: {
        parameters: {
            query?: {
                confirmed?: boolean;
            };
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Template id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchTemplate: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Template id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TemplatePatch"];
            };
        };
        responses: {
            /** @description The template */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Template"];
                };
            };
        };
    };
    getTemplateEditionLog: {
        parameters: {
            query?: {
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                /** @description Items a page; default 100 */
                limit?: number;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Template id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of changes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EditionList"];
                };
            };
        };
    };
    createTaskFromTemplate: {
        parameters: {
            query?: {
                /** @description What becomes of the task when the time of `Prefer: wait` is over; default keep */
                onTimeout?: "keep" | "delete";
            };
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Template id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TemplateTaskInput"];
            };
        };
        responses: {
            /** @description Finished within the time of `Prefer: wait` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResult"];
                };
            };
            /** @description The task was added to the list of the device */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Not finished within the time of `Prefer: wait`; the task stays */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAccepted"];
                };
            };
        };
    };
    getTemplateUses: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Template id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The uses; at most 20 of a kind */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateUses"];
                };
            };
        };
    };
    exportItems: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                kind: "templates" | "quick-fixes" | "schedules" | "services" | "tasks";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file for an import */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransferFile"];
                };
            };
        };
    };
    importItems: {
        parameters: {
            query?: {
                /** @description Only says what would be done */
                dryRun?: boolean;
                /** @description `add`: only what is not there; `update`: only what is there; default `both` */
                mode?: "add" | "update" | "both";
            };
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                kind: "templates" | "quick-fixes" | "schedules" | "services" | "tasks";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TransferInput"];
            };
        };
        responses: {
            /** @description What was done with each item */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransferResult"];
                };
            };
        };
    };
    listUsers: {
        parameters: {
            query?: {
                active?: boolean;
                count?: boolean;
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                domain?: string;
                /** @description Items a page; default 100 */
                limit?: number;
                /** @description Part of the log-in or of the full name */
                name?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of users, by log-in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserList"];
                };
            };
        };
    };
    createUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserInput"];
            };
        };
        responses: {
            /** @description The user, and the password that was made */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserCreated"];
                };
            };
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version at hand; 304 when it is still the same */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                login: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The user */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
        };
    };
    deleteUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                login: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                login: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserPatch"];
            };
        };
        responses: {
            /** @description The user */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
        };
    };
    listTokens: {
        parameters: {
            query?: {
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                /** @description Items a page; default 100 */
                limit?: number;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                login: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of tokens, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenList"];
                };
            };
        };
    };
    createToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                login: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenInput"];
            };
        };
        responses: {
            /** @description The token */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenCreated"];
                };
            };
        };
    };
    deleteToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                id: string;
                login: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}

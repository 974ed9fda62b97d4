-- The tables of an Orleans cluster on PostgreSQL, for the packages Microsoft.Orleans.Clustering.AdoNet and
-- Microsoft.Orleans.Reminders.AdoNet 10.4. They read their queries from the table OrleansQuery; the names of its keys,
-- of the parameters and of the columns are theirs, everything else is free.
--
-- The script can be run again, also by several silos at a time. A database that has Orleans' own tables keeps them, and
-- their queries.

select pg_advisory_xact_lock(hashtext('klinggen.orleans'));

create table if not exists OrleansQuery (
    QueryKey varchar(64) primary key,
    QueryText text not null
);

-- The version of a cluster's membership. Every change of a silo's row is a compare-and-swap on it.
create table if not exists fal_orleans_cluster (
    deployment_id text primary key,
    version int not null default 0
);

create table if not exists fal_orleans_silo (
    deployment_id text not null references fal_orleans_cluster on delete cascade,
    address text not null,
    port int not null,
    generation int not null,
    silo_name text not null,
    host_name text not null,
    status int not null,
    proxy_port int,
    suspect_times text,
    start_time timestamptz not null,
    i_am_alive_time timestamptz not null,
    primary key (deployment_id, address, port, generation)
);

create table if not exists fal_orleans_reminder (
    service_id text not null,
    grain_id text not null,
    reminder_name text not null,
    start_time timestamptz not null,
    period bigint not null,
    grain_hash int not null,
    version int not null default 0,
    primary key (service_id, grain_id, reminder_name)
);
create index if not exists fal_orleans_reminder_by_hash on fal_orleans_reminder (service_id, grain_hash);

insert into OrleansQuery (QueryKey, QueryText) values

-- Clustering

('InsertMembershipVersionKey', $$
with added as (
    insert into fal_orleans_cluster (deployment_id) values (@DeploymentId) on conflict do nothing returning 1)
select count(*) = 1 from added
$$),

-- Silos with a gateway for clients.
('GatewaysQueryKey', $$
select address as "Address", proxy_port as "ProxyPort", generation as "Generation"
from fal_orleans_silo
where deployment_id = @DeploymentId and status = @Status and proxy_port > 0
$$),

-- One row even if there is no silo, because it has the version.
('MembershipReadAllKey', $$
select c.version as "Version", s.address as "Address", s.port as "Port", s.generation as "Generation",
    s.silo_name as "SiloName", s.host_name as "HostName", s.status as "Status", s.proxy_port as "ProxyPort",
    s.suspect_times as "SuspectTimes", s.start_time as "StartTime", s.i_am_alive_time as "IAmAliveTime"
from fal_orleans_cluster c left join fal_orleans_silo s using (deployment_id)
where c.deployment_id = @DeploymentId
$$),

('MembershipReadRowKey', $$
select c.version as "Version", s.address as "Address", s.port as "Port", s.generation as "Generation",
    s.silo_name as "SiloName", s.host_name as "HostName", s.status as "Status", s.proxy_port as "ProxyPort",
    s.suspect_times as "SuspectTimes", s.start_time as "StartTime", s.i_am_alive_time as "IAmAliveTime"
from fal_orleans_cluster c
left join fal_orleans_silo s on s.deployment_id = c.deployment_id
    and s.address = @Address and s.port = @Port and s.generation = @Generation
where c.deployment_id = @DeploymentId
$$),

-- Of two changes that begin with the same version, the second waits for the first one's row lock and finds another version.
('InsertMembershipKey', $$
with moved as (
    update fal_orleans_cluster c set version = version + 1
    where deployment_id = @DeploymentId and version = @Version and not exists (
        select from fal_orleans_silo
        where deployment_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation)
    returning c.deployment_id),
added as (
    insert into fal_orleans_silo (
        deployment_id, address, port, generation, silo_name, host_name, status, proxy_port, start_time, i_am_alive_time)
    select
        deployment_id, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
    from moved
    returning 1)
select count(*) = 1 from added
$$),

('UpdateMembershipKey', $$
with moved as (
    update fal_orleans_cluster c set version = version + 1
    where deployment_id = @DeploymentId and version = @Version and exists (
        select from fal_orleans_silo
        where deployment_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation)
    returning c.deployment_id),
changed as (
    update fal_orleans_silo s
    set status = @Status, suspect_times = @SuspectTimes, i_am_alive_time = @IAmAliveTime
    from moved
    where s.deployment_id = moved.deployment_id and s.address = @Address and s.port = @Port and s.generation = @Generation
    returning 1)
select count(*) = 1 from changed
$$),

('UpdateIAmAlivetimeKey', $$
update fal_orleans_silo set i_am_alive_time = @IAmAliveTime
where deployment_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation
$$),

-- 6 is Dead.
('CleanupDefunctSiloEntriesKey', $$
delete from fal_orleans_silo
where deployment_id = @DeploymentId and status = 6 and start_time < @IAmAliveTime and i_am_alive_time < @IAmAliveTime
$$),

('DeleteMembershipTableEntriesKey', $$
delete from fal_orleans_cluster where deployment_id = @DeploymentId
$$),

-- Reminders

('UpsertReminderRowKey', $$
insert into fal_orleans_reminder (service_id, grain_id, reminder_name, start_time, period, grain_hash)
values (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash)
on conflict (service_id, grain_id, reminder_name) do update
set start_time = excluded.start_time, period = excluded.period, grain_hash = excluded.grain_hash,
    version = fal_orleans_reminder.version + 1
returning version as "Version"
$$),

('ReadReminderRowsKey', $$
select grain_id as "GrainId", reminder_name as "ReminderName", start_time as "StartTime", period as "Period",
    version as "Version"
from fal_orleans_reminder
where service_id = @ServiceId and grain_id = @GrainId
$$),

('ReadReminderRowKey', $$
select grain_id as "GrainId", reminder_name as "ReminderName", start_time as "StartTime", period as "Period",
    version as "Version"
from fal_orleans_reminder
where service_id = @ServiceId and grain_id = @GrainId and reminder_name = @ReminderName
$$),

('ReadRangeRows1Key', $$
select grain_id as "GrainId", reminder_name as "ReminderName", start_time as "StartTime", period as "Period",
    version as "Version"
from fal_orleans_reminder
where service_id = @ServiceId and grain_hash > @BeginHash and grain_hash <= @EndHash
$$),

-- The range leads over the end of the ring.
('ReadRangeRows2Key', $$
select grain_id as "GrainId", reminder_name as "ReminderName", start_time as "StartTime", period as "Period",
    version as "Version"
from fal_orleans_reminder
where service_id = @ServiceId and (grain_hash > @BeginHash or grain_hash <= @EndHash)
$$),

('DeleteReminderRowKey', $$
with removed as (
    delete from fal_orleans_reminder
    where service_id = @ServiceId and grain_id = @GrainId and reminder_name = @ReminderName and version = @Version
    returning 1)
select count(*) = 1 from removed
$$),

('DeleteReminderRowsKey', $$
delete from fal_orleans_reminder where service_id = @ServiceId
$$)

on conflict do nothing;
